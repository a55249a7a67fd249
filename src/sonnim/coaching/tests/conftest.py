"""Fixtures of the tests of the coach in a shop."""

from tests.people import people

from sonnim.coaching.tests.desk import coached

__all__ = ["coached", "people"]
