"""Fixtures of the channel tests."""

from tests.people import people

__all__ = ["people"]
