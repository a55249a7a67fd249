"""Fixtures of the tests of e-mail."""

from tests.people import people

__all__ = ["people"]
