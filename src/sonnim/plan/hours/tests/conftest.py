"""Fixtures of the tests of business hours."""

from tests.people import people

__all__ = ["people"]
