"""Fixtures of the tests of what reacts to what."""

from tests.people import people

__all__ = ["people"]
