"""The database is a backup of yesterday: whoever comes back reads everything once, and nobody after a mere restart."""

import asyncio
import shutil
from pathlib import Path
from typing import Self

import pytest
from psycopg import sql

from tests.faults.conftest import OpenDesk
from tests.protocol.client import Client
from tests.protocol.desk import Desk, Who
from tests.protocol.view import read_snapshot, visible_to_agent, visible_to_visitor
from tests.providers.postgres import create_database, drop_database, run_statement
from tests.providers.sonnim import LiveServer

SAID, LOST, SAID_AFTER = 6, 8, 20


class Backup:
    """A copy of a stopped server's database. `whole` also puts back the rest of its folder, as it was."""

    def __init__(self, server: LiveServer, place: Path, *, whole: bool) -> None:
        self._server, self._place, self._whole = server, place, whole
        self._url = server.env.get("SONNIM_DATABASE_URL", "")
        self._copy = ""

    def __enter__(self) -> Self:
        shutil.copytree(self._server.data_dir, self._place)
        if self._url:
            self._copy = create_database(self._url)
            self._overwrite(self._copy, by=self._url)
        return self

    def __exit__(self, *_: object) -> None:
        if self._copy:
            drop_database(self._copy)

    def restore(self) -> None:
        for file in self._server.data_dir.glob("*" if self._whole else "sonnim.sqlite3*"):
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        for file in self._place.glob("*" if self._whole else "sonnim.sqlite3*"):
            copy = shutil.copytree if file.is_dir() else shutil.copy2
            copy(file, self._server.data_dir / file.name)
        if self._url:
            self._overwrite(self._url, by=self._copy)

    def _overwrite(self, url: str, *, by: str) -> None:
        server, name = url.rsplit("/", 1)
        drop_database(url)
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(by.rsplit("/", 1)[1])
        )
        run_statement(f"{server}/postgres", made)


@pytest.mark.parametrize("whole", [False, True], ids=["the database alone", "the whole folder"])
def test_after_a_restore_everybody_reloads_once_and_sees_what_the_restored_log_tells(
    open_desk: OpenDesk, tmp_path: Path, whole: bool
) -> None:
    desk = open_desk()
    clients = asyncio.run(_restored(desk, tmp_path / "backup", whole=whole))
    for client in clients:
        fresh = read_snapshot(desk, client.who)
        if client.who.kind == "agent":
            assert visible_to_agent(client.view, client.who) == visible_to_agent(fresh, client.who)
        else:
            assert visible_to_visitor(client.view) == visible_to_visitor(fresh)
        assert [frame["reason"] for frame in client.log if frame["t"] == "reset"] == ["first", "epoch"]
        assert client.epoch == fresh.epoch
    texts = {entry["text"] for entry in clients[0].view.of("entries").values()}
    assert not any(text.startswith("lost") for text in texts)


async def _restored(desk: Desk, place: Path, *, whole: bool) -> list[Client]:
    shopper = await asyncio.to_thread(desk.visitor)
    there, away, writer = Client(desk, desk.agent()), Client(desk, desk.agent("lead")), Client(desk, shopper)
    everybody = [there, away, writer]
    for client in everybody:
        await client.__aenter__()
        await client.is_live()
    await _say(writer, "kept", SAID)
    await _away(everybody)
    await asyncio.to_thread(desk.server.stop)
    with Backup(desk.server, place, whole=whole) as backup:
        await asyncio.to_thread(desk.server.start)
        await _back(everybody)
        await _say(writer, "lost", LOST)
        await _seen(desk, [there, away])
        await _away(everybody)
        await asyncio.to_thread(desk.server.stop)
        await asyncio.to_thread(backup.restore)
        await asyncio.to_thread(desk.server.start)
        # While the agents are away the new log grows past every position that they have ever seen.
        await _back([writer])
        await _say(writer, "after", SAID_AFTER)
        assert there.pos is not None
        assert writer.pos is not None
        assert writer.pos > there.pos
        await _back([there, away])
        await _say(writer, "live", 2)
        await _seen(desk, everybody)
        for client in everybody:
            await client.__aexit__(None, None, None)
    return everybody


async def _say(client: Client, what: str, times: int) -> None:
    for number in range(times):
        await client.say(f"{what} {number}")
    await client.is_settled()


async def _away(clients: list[Client]) -> None:
    for client in clients:
        client.hold = True
        client.cut()


async def _back(clients: list[Client]) -> None:
    for client in clients:
        client.hold = False
        await client.is_live()


async def _seen(desk: Desk, clients: list[Client]) -> None:
    head = (await asyncio.to_thread(read_snapshot, desk, desk.agent())).pos
    for client in clients:
        await client.is_at(head)


def test_after_a_mere_restart_nobody_reloads(open_desk: OpenDesk) -> None:
    desk = open_desk()

    async def scenario() -> tuple[Client, Who]:
        shopper = await asyncio.to_thread(desk.visitor)
        async with Client(desk, desk.agent()) as agent, Client(desk, shopper) as writer:
            await agent.is_live()
            await writer.is_live()
            for round in range(3):
                await _say(writer, f"round {round}", 2)
                await _seen(desk, [agent])
                before = agent.epoch
                await asyncio.to_thread(desk.server.restart)
                await agent.until(lambda before=before: agent.live and agent.epoch != before, "the log's new name")  # type: ignore[misc]
            await _say(writer, "at the end", 1)
            await _seen(desk, [agent])
        return agent, shopper

    agent, _ = asyncio.run(scenario())
    assert [frame["reason"] for frame in agent.log if frame["t"] == "reset"] == ["first"]
    assert visible_to_agent(agent.view, agent.who) == visible_to_agent(read_snapshot(desk, agent.who), agent.who)
