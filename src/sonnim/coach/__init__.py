"""Reads a draft before it is sent, and marks the sentence that would cost the sale: pure functions over text."""
