"""Fixtures of the tests of service promises."""

from tests.people import people

__all__ = ["people"]
