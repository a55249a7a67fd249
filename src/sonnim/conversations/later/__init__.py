"""Messages that are sent later: held for a moment in which they can be undone, or meant for another day."""
