"""Fixtures of the live side's tests."""

from tests.people import people

__all__ = ["people"]
