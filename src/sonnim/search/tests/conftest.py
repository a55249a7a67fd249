"""Fixtures of the index's tests."""

from tests.people import people

__all__ = ["people"]
