"""Each subscriber gets each event that it may see once, in order, each naming the one before it."""

import random

import pytest

from sonnim.eventlog.log import LoggedEvent
from sonnim.realtime.connection import REVOKED, Connection
from sonnim.realtime.stream import Stream
from sonnim.realtime.tests.lines import Far, agent_line, event, run, settled, visitor_line


def begun(*lines: Connection, pos: int = 0) -> Stream:
    stream = Stream(1)
    stream.begin("e", pos)
    for line in lines:
        stream.add(line)
        line.last = pos
        stream.go_live(line)
    return stream


def chain(far: Far) -> list[tuple[int, int]]:
    return [(frame["prev"], frame["pos"]) for frame in far.frames if frame["t"] == "event"]


def test_events_that_arrive_in_any_order_and_twice_go_out_in_order_and_once() -> None:
    async def scenario() -> list[tuple[int, int]]:
        far = Far()
        stream = begun(agent_line(far))
        events = [event(pos) for pos in range(1, 60)] * 2
        random.Random(7).shuffle(events)
        for start in range(0, len(events), 5):
            stream.ingest(events[start : start + 5])
        await settled()
        assert not stream.behind
        return chain(far)

    assert run(scenario()) == [(pos - 1, pos) for pos in range(1, 60)]


def test_an_early_event_waits_for_its_elders() -> None:
    async def scenario() -> None:
        far = Far()
        stream = begun(agent_line(far))
        stream.ingest([event(2)])
        await settled()
        assert stream.behind
        assert chain(far) == []
        stream.ingest([event(1)])
        await settled()
        assert chain(far) == [(0, 1), (1, 2)]

    run(scenario())


def test_everybody_sees_what_is_theirs_in_an_unbroken_chain() -> None:
    async def scenario() -> list[list[tuple[int, int]]]:
        fars = [Far() for _ in range(5)]
        lines = [agent_line(fars[0], 1), agent_line(fars[1], 2), visitor_line(fars[2], 5), visitor_line(fars[3], 6)]
        foreign = visitor_line(fars[4], 5, shop_id=2)
        stream = begun(*lines)
        stream.add(foreign)
        stream.go_live(foreign)
        stream.ingest([event(1, contact=5), event(2, agent=2), event(3), event(4, contact=6), event(5, contact=5)])
        await settled()
        return [chain(far) for far in fars]

    one, two, shopper, other, foreign = run(scenario())
    assert one == [(0, 1), (1, 3), (3, 4), (4, 5)]
    assert two == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]
    assert shopper == [(0, 1), (1, 5)]
    assert other == [(0, 4)]
    assert foreign == []


def test_shoppers_never_get_the_desks_part() -> None:
    async def scenario() -> tuple[str, str]:
        fars = [Far(), Far()]
        stream = begun(agent_line(fars[0]), visitor_line(fars[1]))
        stream.ingest([event(1, contact=5, desk={"put": {"contacts": {"5": {"notes": "secret"}}}})])
        await settled()
        return str(fars[0].frames), str(fars[1].frames)

    agent, shopper = run(scenario())
    assert "secret" in agent
    assert "secret" not in shopper


def test_what_happens_during_a_replay_comes_after_it_and_once() -> None:
    async def scenario() -> list[tuple[int, int]]:
        far = Far()
        line = agent_line(far)
        stream = Stream(1)
        stream.begin("e", 3)
        stream.add(line)
        stream.ingest([event(4), event(5)])
        line.last = 1
        stream.send(line, [event(2), event(3), event(4)])
        stream.go_live(line)
        stream.ingest([event(6)])
        await settled()
        return chain(far)

    assert run(scenario()) == [(1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]


@pytest.mark.parametrize(
    ("told", "revoked"),
    [
        (event(1, type="agent.removed", desk={"put": {"agents": {"1": {"id": 1}}}}), [True, False]),
        (event(1, type="session.ended", agent=1, desk={"put": {"session": {"s1": {"id": "s1"}}}}), [True, False]),
        (event(1, type="session.ended", agent=1, desk={"put": {"session": {"zz": {"id": "zz"}}}}), [False, False]),
        (
            event(1, type="session.ended", agent=1, desk={"put": {"session": {"s1": {"id": "s1", "moved_to": "s3"}}}}),
            [False, False],
        ),
        (event(1, type="agent.updated", desk={"put": {"agents": {"1": {"id": 1}}}}), [False, False]),
    ],
    ids=["removed", "signed out", "another session", "new key", "renamed"],
)
def test_the_lines_that_an_event_ends_are_closed_and_get_nothing_more(told: LoggedEvent, revoked: list[bool]) -> None:
    async def scenario() -> list[bool]:
        fars = [Far(), Far()]
        lines = [agent_line(fars[0], 1), agent_line(fars[1], 2)]
        for line, session in zip(lines, ("s1", "s2"), strict=True):
            line.session = session
        stream = begun(*lines)
        stream.ingest([told])
        stream.ingest([event(2)])
        await settled()
        for far in fars:
            assert (2 in [pos for _, pos in chain(far)]) == (far.closed_with is None)
        return [far.closed_with == REVOKED for far in fars]

    assert run(scenario()) == revoked
