"""A reader that does not keep up loses what is fleeting first, then its line; never the order."""

import asyncio

from sonnim.realtime.connection import ABUSE, CLOSE_AT, CLOSE_AT_CHARS, DROP_EPHEMERAL_AT, TOO_SLOW
from sonnim.realtime.tests.lines import Far, agent_line, run, settled


def number(text: object) -> str:
    return f'{{"t":"n","n":{text}}}'


def test_frames_that_wait_are_sent_together_and_in_order() -> None:
    async def scenario() -> Far:
        far = Far()
        line = agent_line(far)
        for each in range(200):
            line.send(number(each))
        await settled()
        return far

    far = run(scenario())
    assert [frame["n"] for frame in far.frames] == list(range(200))
    assert len(far.messages) < 5


def test_fleeting_frames_are_dropped_before_anything_else() -> None:
    async def scenario() -> list[object]:
        far = Far()
        far.reads.clear()
        line = agent_line(far)
        for each in range(DROP_EPHEMERAL_AT + 20):
            line.send(number(each))
            line.send(number('"fleeting"'), ephemeral=True)
        assert line.open
        far.reads.set()
        await asyncio.sleep(0.01)
        return [frame["n"] for frame in far.frames]

    got = run(scenario())
    assert [each for each in got if each != "fleeting"] == list(range(DROP_EPHEMERAL_AT + 20))
    assert got.count("fleeting") <= DROP_EPHEMERAL_AT


def test_a_reader_that_never_reads_is_closed_and_its_queue_let_go() -> None:
    async def scenario() -> Far:
        far = Far()
        far.reads.clear()
        line = agent_line(far)
        for each in range(CLOSE_AT * 3):
            line.send(number(each))
        assert not line.open
        assert not line._out
        far.reads.set()
        await asyncio.sleep(0.01)
        return far

    assert run(scenario()).closed_with == TOO_SLOW


def test_few_but_huge_frames_are_bounded_too() -> None:
    async def scenario() -> int:
        far = Far()
        far.reads.clear()
        line = agent_line(far)
        sent = 0
        while line.open:
            line.send("x" * 1_000_000)
            sent += 1
        return sent

    assert run(scenario()) <= CLOSE_AT_CHARS / 1_000_000 + 3


def test_last_words_arrive_before_the_line_is_closed() -> None:
    async def scenario() -> Far:
        far = Far()
        line = agent_line(far)
        line.send(number(1))
        line.close(4003, last_words=number(2))
        line.send(number(3))
        line.close(ABUSE)
        await settled()
        return far

    far = run(scenario())
    assert [frame["n"] for frame in far.frames] == [1, 2]
    assert far.closed_with == 4003


def test_a_peer_that_is_gone_is_noticed_quietly() -> None:
    async def scenario() -> int | None:
        async def gone(message: object) -> None:
            raise OSError("gone")

        line = agent_line(Far())
        line._transmit = gone
        line.send(number(1))
        await settled()
        return line.close_code

    assert run(scenario()) == 1006
