"""Fixtures of the protocol tests: one shop on one server for a module, its limits for shoppers lifted."""

from collections.abc import Iterator

import pytest

from tests.conftest import StartServer
from tests.protocol.desk import LIFTED, Desk


@pytest.fixture(scope="module")
def desk(start_server: StartServer) -> Iterator[Desk]:
    made = Desk.open(start_server(demo=False, **LIFTED))
    yield made
    made.close()
