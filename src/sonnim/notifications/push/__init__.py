"""Web push by the book: encryption (RFC 8291), and the proof of who sends (RFC 8292)."""
