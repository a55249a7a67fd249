"""Fixtures of the security tests."""

from collections.abc import Iterator

import pytest

from tests.conftest import starter
from tests.people import people
from tests.protocol.desk import LIFTED, Desk
from tests.security.browsing import Chromium
from tests.security.line import Line

__all__ = ["people"]


@pytest.fixture(scope="session")
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One shop on one server for all attacks that leave it in order; limits for shoppers are lifted."""
    desk = Desk.open(starter(request, tmp_path_factory)(demo=False, **LIFTED), "here")
    request.addfinalizer(desk.close)
    return desk


@pytest.fixture(scope="session")
def other(desk: Desk) -> Iterator[Desk]:
    """Another shop on the same server."""
    other = Desk.open(desk.server, "there")
    yield other
    other.close()


@pytest.fixture(autouse=True)
def _lines_end_with_their_test() -> Iterator[None]:
    yield
    Line.cut_all()


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Chromium]:
    """A real browser, without a profile."""
    with Chromium(chromium_path) as chromium:
        yield chromium
