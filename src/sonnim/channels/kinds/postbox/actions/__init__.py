"""Writes of mailboxes and letters."""
