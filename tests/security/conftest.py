"""Fixtures of the security tests."""

from tests.people import people

__all__ = ["people"]
