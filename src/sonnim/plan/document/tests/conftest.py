"""Fixtures of the document's tests."""

from tests.people import people

__all__ = ["people"]
