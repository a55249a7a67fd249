"""Fixtures of the conversation tests."""

from tests.people import people

__all__ = ["people"]
