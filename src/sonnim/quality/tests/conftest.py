"""Fixtures of the quality score's tests."""

from tests.people import people

__all__ = ["people"]
