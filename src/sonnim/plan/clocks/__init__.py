"""Service promises: which clocks a conversation has, and what happens when one strikes."""
