"""Fixtures of the fault tests: servers whose limits for shoppers are lifted, since one machine plays the whole town."""

import os
from collections.abc import Callable

import pytest

from tests.conftest import StartServer
from tests.people import people
from tests.protocol.desk import LIFTED, Desk

__all__ = ["people"]
OpenDesk = Callable[..., Desk]


@pytest.fixture(scope="module")
def open_desk(start_server: StartServer, request: pytest.FixtureRequest) -> OpenDesk:
    """A shop on a server of its own."""

    def make(**env: str) -> Desk:
        desk = Desk.open(start_server(demo=False, **{**LIFTED, **env}))
        request.addfinalizer(desk.close)
        return desk

    return make


def scaled(number: int) -> int:
    """A size that SONNIM_FAULT_SCALE multiplies; 1 keeps each test at a few seconds."""
    return max(1, round(number * float(os.environ.get("SONNIM_FAULT_SCALE", "1"))))
