"""Fixtures of the accounts tests."""

from tests.people import people

__all__ = ["people"]
