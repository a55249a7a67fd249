"""Chats that are mailed to their shoppers."""
