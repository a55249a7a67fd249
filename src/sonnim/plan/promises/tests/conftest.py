"""Fixtures of the tests of promises."""

from tests.people import people

__all__ = ["people"]
