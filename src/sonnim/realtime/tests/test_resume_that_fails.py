"""A resume during an outage of the database: the line gets nothing until one has succeeded, and then all of it."""

import asyncio
from collections.abc import Callable, MutableMapping
from typing import Any

import pytest

from sonnim.eventlog.log import LoggedEvent
from sonnim.eventlog.queries import Position
from sonnim.kernel.errors import Throttled, Unavailable
from sonnim.realtime import gateway as gateways
from sonnim.realtime import hub as hubs
from sonnim.realtime import session as sessions
from sonnim.realtime.acks import Acks
from sonnim.realtime.connection import Connection
from sonnim.realtime.fanout import MemoryFanout
from sonnim.realtime.gateway import Gateway
from sonnim.realtime.hub import Hub
from sonnim.realtime.session import Session
from sonnim.realtime.subscriber import Missed, Subscriber, missed, recognise
from sonnim.realtime.tests.lines import Far, event, run

RESUME = '{"t":"resume","as":"visitor","token":"v_x","epoch":"e","pos":5}'


class Outage:
    """Stands where the database is asked: the head is at 5, and what was missed can be read only when it is over."""

    def __init__(self) -> None:
        self.over = False
        self.missed: list[LoggedEvent] = []
        self.meanwhile: Callable[[], None] = lambda: None

    async def ask(self, work: Callable[..., Any], *_: Any, **__: Any) -> Any:
        if work is recognise:
            return Subscriber(1, contact_id=5)
        if work is missed:
            self.meanwhile()
            if not self.over:
                raise Unavailable("The database does not answer.", retry_after=1)
            return Missed("e", self.missed)
        return Position("e", 5)


@pytest.fixture
def outage(monkeypatch: pytest.MonkeyPatch) -> Outage:
    found = Outage()
    monkeypatch.setattr(sessions, "in_thread", found.ask)
    monkeypatch.setattr(hubs, "in_thread", found.ask)
    return found


@pytest.mark.parametrize("live_before", [False, True], ids=["at the start", "on a live line"])
def test_no_event_is_sent_over_a_gap_that_could_not_be_read(outage: Outage, live_before: bool) -> None:
    async def scenario() -> tuple[list[int], list[int]]:
        hub, far = Hub(MemoryFanout()), Far()
        session = Session(hub, Acks(hub.loop), Connection(far.take), None)
        if live_before:
            outage.over = True
            await session.take(RESUME)
            outage.over = False
        outage.meanwhile = lambda: hub.streams[1].ingest([event(6, contact=5)])
        await session.take(RESUME)
        if 1 in hub.streams:
            hub.streams[1].ingest([event(7, contact=5)])
        during = await positions(far)
        outage.over, outage.missed = True, [event(6, contact=5), event(7, contact=5)]
        await session.take(RESUME)
        return during, await positions(far)

    assert run(scenario()) == ([], [6, 7])


async def positions(far: Far) -> list[int]:
    await asyncio.sleep(0.01)  # the line hands over on a task of its own
    return [frame["pos"] for frame in far.frames if frame["t"] == "event"]


def test_a_slow_database_does_not_make_a_client_unauthenticated(
    outage: Outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateways, "RESUME_WITHIN_S", 0.05)

    async def scenario() -> tuple[int | None, int | None]:
        gateway = Gateway(Hub(MemoryFanout()))
        outage.over = True
        return await closed_with(gateway, [RESUME]), await closed_with(gateway, [])

    async def slowly(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        await asyncio.sleep(0.1 if work is recognise else 0)
        return await outage.ask(work, *given, **named)

    monkeypatch.setattr(sessions, "in_thread", slowly)
    assert run(scenario()) == (None, 4001)


async def closed_with(gateway: Gateway, sent: list[str]) -> int | None:
    """With which code the server ends a socket over which these frames come at once, within a quarter of a second."""
    far, coming = (
        Far(),
        [{"type": "websocket.connect"}, *({"type": "websocket.receive", "text": each} for each in sent)],
    )

    async def receive() -> MutableMapping[str, Any]:
        if coming:
            return coming.pop(0)
        await asyncio.sleep(0.25)
        return {"type": "websocket.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        await far.take(dict(message))

    await gateway.websocket({"headers": []}, receive, send)
    return far.closed_with


def test_who_asks_too_often_on_a_known_line_is_not_told_to_sign_in(
    outage: Outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise Throttled("A little slower, please.", retry_after=1)

    async def scenario() -> tuple[bool, list[str]]:
        hub, far = Hub(MemoryFanout()), Far()
        line = Connection(far.take)
        session = Session(hub, Acks(hub.loop), line, None)
        outage.over = True
        await session.take(RESUME)
        monkeypatch.setattr(hub, "count", refuse)
        await session.take(RESUME)
        await asyncio.sleep(0.01)
        return line.open, [frame["code"] for frame in far.frames if frame["t"] == "error"]

    assert run(scenario()) == (True, ["throttled"])
