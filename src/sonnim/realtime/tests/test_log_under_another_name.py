"""A serving process finds its shop's log under another name: if it is the same log it goes on, else all start over."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from sonnim.eventlog import actions, queries
from sonnim.eventlog.log import LoggedEvent
from sonnim.eventlog.queries import Position
from sonnim.realtime import hub as hubs
from sonnim.realtime.fanout import MemoryFanout
from sonnim.realtime.hub import Hub
from sonnim.realtime.stream import Stream
from sonnim.realtime.tests.lines import Far, agent_line, event, run, visitor_line


class Database:
    """What the hub would read: the log's head, and which of its events are still the same."""

    def __init__(self, head: Position, *, same: bool = True, leads: bool = True) -> None:
        self.head, self.same, self.leads = head, same, leads
        self.renewed = 0

    async def ask(self, work: Callable[..., Any], *_: Any, **__: Any) -> Any:
        await asyncio.sleep(0)
        if work is queries.heads:
            return {1: self.head}
        if work is queries.holds:
            return self.same
        if work is queries.leads_here:
            return self.leads
        if work is actions.begin_epoch:
            self.renewed += 1
            self.head = Position("renewed", self.head.pos)
        return self.head


def told(
    monkeypatch: pytest.MonkeyPatch,
    database: Database,
    *,
    handed_out: list[LoggedEvent],
    afterwards: Sequence[LoggedEvent] = (),
) -> tuple[Stream, list[dict[str, Any]], list[dict[str, Any]]]:
    """Let a hub that serves an agent and a visitor look at the log once; what each was told besides events."""
    monkeypatch.setattr(hubs, "in_thread", database.ask)
    monkeypatch.setattr(hubs, "LOOK_S", 0.001)

    async def scenario() -> tuple[Stream, list[dict[str, Any]], list[dict[str, Any]]]:
        hub, agent, visitor = Hub(MemoryFanout()), Far(), Far()
        stream = hub.streams[1] = Stream(1)
        for line in (agent_line(agent), visitor_line(visitor)):
            stream.add(line)
            line.held, line.last = None, 5
        stream.begin("old", 5)
        stream.ingest(handed_out)
        look = asyncio.create_task(hub._look_at_the_log())
        await asyncio.sleep(0.05)
        look.cancel()
        stream.ingest(afterwards)
        agents, visitors = ([each for each in far.frames if each["t"] != "event"] for far in (agent, visitor))
        return stream, agents, visitors

    return run(scenario())


def test_another_node_has_begun_and_everybody_goes_on_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(Position("new", 7))
    stream, *frames = told(monkeypatch, database, handed_out=[event(6), event(7)])
    assert frames == [[{"t": "epoch", "epoch": "new"}]] * 2
    assert (stream.epoch, stream.pos) == ("new", 7)


def test_the_same_position_with_another_event_is_another_log(monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(Position("new", 9), same=False)
    stream, *frames = told(monkeypatch, database, handed_out=[event(6), event(7)])
    assert frames == [[{"t": "reset", "epoch": "new", "reason": "epoch"}]] * 2
    assert (stream.epoch, stream.pos) == ("new", 9)


@pytest.mark.parametrize(("leads", "frame"), [(True, "epoch"), (False, "reset")])
def test_before_anything_was_handed_out_the_list_of_former_names_decides(
    monkeypatch: pytest.MonkeyPatch, leads: bool, frame: str
) -> None:
    _, *frames = told(monkeypatch, Database(Position("new", 5), leads=leads), handed_out=[])
    assert [[each["t"] for each in some] for some in frames] == [[frame]] * 2


def test_a_log_that_went_back_while_we_serve_gets_a_name_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(Position("old", 3))
    after = [event(pos) for pos in range(4, 9)]
    stream, *frames = told(monkeypatch, database, handed_out=[event(6), event(9)], afterwards=after)
    assert frames == [[{"t": "reset", "epoch": "renewed", "reason": "epoch"}]] * 2
    assert database.renewed == 1
    assert stream.pos == 8, "an event of the lost log was kept, and handed out as the new log's ninth"
