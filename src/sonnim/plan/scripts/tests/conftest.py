"""Fixtures of the scripts' tests."""

from tests.people import people

__all__ = ["people"]
