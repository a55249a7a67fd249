"""Scripts: sentences a shop has decided on, called by a word."""
