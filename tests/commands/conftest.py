"""Fixtures of the tests of commands."""

from tests.people import people

__all__ = ["people"]
