"""A26: who names a conversation that is not theirs, or names it by a trick, is refused and hears nothing of it."""

import json
import uuid
from typing import Any

import pytest

from tests.protocol.desk import Desk, Who
from tests.security.line import Line

TRICKS: list[Any] = [
    "%", "*", "1", "1 OR 1=1", "all", "", [], [1], {}, {"id": 1}, True, 1.5, -1, 0, 2**53, 2**63, 10**30, "１",
]  # fmt: skip
MALFORMED = {"invalid", "not_found"}
FRAMES: dict[str, dict[str, Any]] = {
    "send": {"t": "send", "text": "let me in"},
    "note": {"t": "send", "text": "let me in", "kind": "note"},
    "typing": {"t": "typing", "on": True},
    "seen": {"t": "seen", "seq": 1},
}


def frame(kind: str, conversation: Any) -> dict[str, Any]:
    made = {**FRAMES[kind], "conversation": conversation}
    return {**made, "client_id": str(uuid.uuid4())} if made["t"] == "send" else made


def conversation_of(desk: Desk, who: Who) -> int:
    body = {"client_id": str(uuid.uuid4()), "text": "hello"}
    return int(desk.call(who, "POST", "/messages", body)["conversation"])


def unchanged(desk: Desk, conversation: int) -> str:
    """Everything that an attack could have changed, as the conversation's own agents read it."""
    read = desk.call(desk.agent(), "GET", f"/conversations/{conversation}")
    return json.dumps([read["conversation"], read["entries"]])


def refused(line: Line, sent: dict[str, Any]) -> str:
    begin = len(line.errors())
    line.say(sent)
    line.find(lambda each: each["t"] in {"error", "ack"}, f"an answer to {sent}")
    [code] = line.errors()[begin:]
    return str(code)


@pytest.mark.parametrize("kind", [*FRAMES, "watch"])
def test_an_agent_reaches_no_conversation_of_another_shop(desk: Desk, other: Desk, kind: str) -> None:
    foreign = conversation_of(other, shopper := other.visitor())
    before, witness = unchanged(other, foreign), Line.live(other, shopper)
    line = Line.live(desk, desk.agent())
    sent = {"t": "watch", "conversations": [foreign]} if kind == "watch" else frame(kind, foreign)
    assert refused(line, sent) == "not_found"
    assert unchanged(other, foreign) == before
    assert [each for each in witness.settle() if each["t"] in {"event", "typing"}] == []


@pytest.mark.parametrize("kind", [*FRAMES, "watch"])
def test_a_shopper_reaches_no_conversation_of_another_shopper(desk: Desk, kind: str) -> None:
    foreign = conversation_of(desk, victim := desk.visitor())
    conversation_of(desk, attacker := desk.visitor())
    agent = Line.live(desk, desk.agent())
    agent.say({"t": "watch", "conversations": [foreign]})
    agent.settle()
    before, witness, line = unchanged(desk, foreign), Line.live(desk, victim), Line.live(desk, attacker)
    sent = {"t": "watch", "conversations": [foreign]} if kind == "watch" else frame(kind, foreign)
    assert refused(line, sent) == ("forbidden" if kind in {"watch", "note"} else "not_found")
    assert unchanged(desk, foreign) == before
    for each in (witness, agent):
        assert [got for got in each.settle() if got["t"] in {"event", "typing"}] == []


@pytest.mark.parametrize("as_", ["agent", "visitor"])
def test_no_trick_names_a_conversation(desk: Desk, as_: str) -> None:
    foreign = conversation_of(desk, desk.visitor())
    conversation_of(desk, attacker := desk.visitor())
    who, before = attacker if as_ == "visitor" else desk.agent(), unchanged(desk, foreign)
    for kind in FRAMES:
        line = Line.live(desk, who)
        answers = {json.dumps(trick): refused(line, frame(kind, trick)) for trick in TRICKS}
        allowed = MALFORMED | ({"forbidden"} if (as_, kind) == ("visitor", "note") else set())
        assert set(answers.values()) <= allowed, answers
        line.settle()
        assert line.events() == []
    assert unchanged(desk, foreign) == before


def test_no_trick_watches_a_conversation(desk: Desk) -> None:
    foreign = conversation_of(desk, shopper := desk.visitor())
    line, shopper_line = Line.live(desk, desk.agent()), Line.live(desk, shopper)
    lists = [[each] for each in TRICKS if each != [1]]
    for trick in [*(each for each in TRICKS if not isinstance(each, list)), *lists, [foreign, 2**40], [*range(1, 60)]]:
        assert refused(line, {"t": "watch", "conversations": trick}) in MALFORMED, trick
    shopper_line.say({"t": "typing", "on": True})
    shopper_line.settle()
    assert [each for each in line.settle() if each["t"] == "typing"] == []


def test_an_agent_cannot_subscribe_to_another_shop(desk: Desk, other: Desk) -> None:
    for shop in (other.shop, -1, 0, 2**53, 10**30, "%", None):
        line = Line(desk)
        line.say({**desk.agent().resume(None, None), "shop": shop})
        assert line.until("error")["code"] in MALFORMED
        conversation_of(other, other.visitor())
        line.settle()
        assert line.events() == []


def test_a_line_stays_with_whom_it_began(desk: Desk, other: Desk) -> None:
    """A second resume on the same socket is no way to become somebody else."""
    line = Line.live(desk, desk.visitor())
    line.say(other.agent("owner").resume(None, None))
    line.until("reset")
    line.say({"t": "active", "on": True})
    assert line.until("error")["code"] == "forbidden"
    conversation_of(other, other.visitor())
    conversation_of(desk, desk.visitor())
    line.settle()
    assert line.events() == []
