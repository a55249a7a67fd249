"""Fixtures of the tests of clocks across domains."""

from tests.people import people

__all__ = ["people"]
