"""Fixtures of the tests of the ladder."""

from tests.people import people

from sonnim.plan.ladder.tests.bargaining import bargain

__all__ = ["bargain", "people"]
