"""Fixtures of the tests of reports."""

from tests.people import people

__all__ = ["people"]
