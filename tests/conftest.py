"""Fixtures for the tests of the whole: real programs, started once a session and ended with it."""

import os
from collections.abc import Iterator
from typing import Protocol

import pytest

from tests.providers.chromium import find_chromium, install_chromium
from tests.providers.postgres import Postgres, create_database, drop_database
from tests.providers.redis import Redis
from tests.providers.sonnim import LiveServer
from tests.providers.template import Template, shared_folder

IN_LARGE_COLUMN = os.environ.get("SONNIM_DATABASE_URL", "").startswith("postgresql:")
COLUMN = os.environ["SONNIM_DATABASE_URL"] if IN_LARGE_COLUMN else ""


class StartServer(Protocol):
    """Starts a server with data of its own; it is stopped when the test's module ends.

    Args:
        demo: with the demo store.
        env: its environment.
    """

    def __call__(self, *, demo: bool = False, **env: str) -> LiveServer: ...


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What a browser shows does not depend on the database, so those tests run in the first column only."""
    if not IN_LARGE_COLUMN:
        return
    kept = [item for item in items if item.get_closest_marker("browser") is None]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server's address: the column's own, or one that lives as long as the session."""
    if IN_LARGE_COLUMN:
        yield COLUMN
        return
    with Postgres() as postgres:
        yield postgres.url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis server of this session's (with xdist: this worker's) own."""
    with Redis() as redis:
        yield redis.url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    return find_chromium() or install_chromium()


@pytest.fixture(scope="module")
def start_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> StartServer:
    """For tests that need several servers, or one in a state of its own.

    They begin with a copy of what another first start made, unless their database is of the test's own making.
    """
    return starter(request, tmp_path_factory)


@pytest.fixture(scope="module")
def start_server_from_nothing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> StartServer:
    """Starts servers as on an owner's machine: there are no tables yet."""
    return starter(request, tmp_path_factory, from_nothing=True)


def starter(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, *, from_nothing: bool = False
) -> StartServer:
    """Starts servers that live as long as the scope of the fixture that asks."""

    def start(*, demo: bool = False, **env: str) -> LiveServer:
        data_dir = tmp_path_factory.mktemp("sonnim")
        column: dict[str, str] = {}
        if "SONNIM_DATABASE_URL" not in env:
            if not from_nothing:
                folder = shared_folder(tmp_path_factory.getbasetemp())
                column = Template(folder, demo=demo, postgres=COLUMN).copy_to(data_dir)
            elif COLUMN:
                column = {"SONNIM_DATABASE_URL": create_database(COLUMN)}
        if column:
            database = column["SONNIM_DATABASE_URL"]
            request.addfinalizer(lambda: drop_database(database))
            # Two servers on one Redis would hear each other's shops, whose ids are the same.
            redis = Redis()
            request.addfinalizer(redis.stop)
            column["SONNIM_REDIS_URL"] = redis.url
        server = LiveServer(data_dir=data_dir, env={**column, **env}, demo=demo)
        server.start()
        request.addfinalizer(server.stop)
        return server

    return start


@pytest.fixture(scope="module")
def live_server(start_server: StartServer) -> LiveServer:
    """A server without the demo, shared by the tests of a module."""
    return start_server()


@pytest.fixture(autouse=True)
def _live_server_helper() -> None:
    """Takes the place of pytest-django's, which expects its own kind of live server behind that name."""
