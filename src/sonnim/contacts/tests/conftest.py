"""Fixtures of the contact tests."""

from tests.people import people

__all__ = ["people"]
