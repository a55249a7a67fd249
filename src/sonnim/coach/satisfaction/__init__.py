"""How content a customer was at the end of a conversation, as a small model reads it from what was said."""
