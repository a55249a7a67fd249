"""Agents see which colleagues have the same conversation before their eyes, and who is writing there."""

import uuid
from collections.abc import Iterator

import pytest

from tests.conftest import StartServer
from tests.protocol.desk import LIFTED, Desk, Who
from tests.security.line import Frame, Line


@pytest.fixture(scope="module")
def desk(start_server: StartServer) -> Iterator[Desk]:
    opened = Desk.open(start_server(demo=False, **LIFTED))
    yield opened
    Line.cut_all()
    opened.close()


@pytest.fixture
def talk(desk: Desk) -> tuple[Who, int]:
    shopper = desk.visitor()
    body = {"client_id": str(uuid.uuid4()), "text": "Hello?"}
    return shopper, int(desk.call(shopper, "POST", "/messages", body)["conversation"])


def watching(desk: Desk, role: str, *conversations: int) -> Line:
    line = Line.live(desk, desk.agent(role))
    line.say({"t": "watch", "conversations": list(conversations)})
    return line


def told(line: Line, conversation: int, *roles: Who) -> Frame:
    """The frame that names exactly these as readers."""
    wanted = sorted(who.id for who in roles)
    return line.find(
        lambda frame: frame["t"] == "viewers" and frame["conversations"].get(str(conversation)) == wanted,
        f"{wanted} reading",
    )


def test_readers_learn_of_each_other_and_of_who_goes(desk: Desk, talk: tuple[Who, int]) -> None:
    _, where = talk
    agent, lead = desk.agent("agent"), desk.agent("lead")
    first = watching(desk, "agent", where)
    told(first, where, agent)
    second = watching(desk, "lead", where)
    told(first, where, agent, lead)
    told(second, where, agent, lead)
    second.say({"t": "watch", "conversations": []})
    told(first, where, agent)
    second.cut()


def test_a_window_that_nobody_looks_at_is_no_reader(desk: Desk, talk: tuple[Who, int]) -> None:
    _, where = talk
    agent, lead = desk.agent("agent"), desk.agent("lead")
    first, second = watching(desk, "agent", where), watching(desk, "lead", where)
    told(first, where, agent, lead)
    second.say({"t": "active", "on": False})
    told(first, where, agent)
    second.say({"t": "active", "on": True})
    told(first, where, agent, lead)
    second.cut()
    told(first, where, agent)


def test_of_a_note_that_is_being_written_only_colleagues_learn(desk: Desk, talk: tuple[Who, int]) -> None:
    shopper, where = talk
    writer, colleague, visitor = watching(desk, "agent", where), watching(desk, "lead", where), Line.live(desk, shopper)
    colleague.settle()
    writer.say({"t": "typing", "conversation": where, "on": True, "note": True})
    assert colleague.until("typing")["author"] == {"kind": "agent", "id": desk.agent("agent").id}
    assert [frame for frame in visitor.settle() if frame["t"] == "typing"] == []
    writer.say({"t": "typing", "conversation": where, "on": True})
    visitor.until("typing")


def test_shoppers_are_not_told_who_reads(desk: Desk, talk: tuple[Who, int]) -> None:
    shopper, where = talk
    visitor = Line.live(desk, shopper)
    told(watching(desk, "agent", where), where, desk.agent("agent"))
    assert [frame for frame in visitor.settle() if frame["t"] == "viewers"] == []
