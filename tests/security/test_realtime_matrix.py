"""Every event type × every kind of subscriber × every way to get events, generated from what the server publishes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import StartServer
from tests.protocol.desk import LIFTED, Desk, Who
from tests.security.event_policy import (
    COLLEAGUE,
    EVENTS,
    FOREIGN_AGENT,
    FORMER,
    NAMED,
    OTHER_SHOPPER,
    REMOVED,
    SHOPPER,
    SUBSCRIBERS,
)
from tests.security.happenings import Happenings, published_types
from tests.security.line import Line

Frame = dict[str, Any]
WAYS = ("fan-out", "subscription", "replay", "poll")


@dataclass
class Run:
    """A shop after everything has happened to it once."""

    desk: Desk
    people: dict[str, Who]
    epoch: str
    began: int
    live: dict[str, list[Frame]] = field(default_factory=dict)

    def heard(self, way: str, who: str, type: str) -> list[Frame]:
        """The events of a type that this subscriber gets in this way."""
        frames = self.live[who] if way == "fan-out" else getattr(self, f"_{way}")(who, type)
        return [frame for frame in frames if frame.get("type") == type]

    def _subscription(self, who: str, type: str) -> list[Frame]:
        """A line that begins right before the event."""
        first = next(frame["pos"] for frame in self.live[NAMED] if frame["type"] == type)
        return self._from(who, first - 1)

    def _replay(self, who: str, type: str) -> list[Frame]:
        return self._from(who, self.began)

    def _from(self, who: str, pos: int) -> list[Frame]:
        line = Line(self.desk)
        line.say({**self.people[who].resume(self.epoch, pos), **self._claim(who)})
        line.find(lambda frame: frame["t"] in {"resumed", "error"}, "an answer to resume")
        if who == REMOVED:
            assert line.until_closed() == 4001
        else:
            line.settle()
        line.cut()
        return line.events()

    def _poll(self, who: str, type: str) -> list[Frame]:
        body = {**self.people[who].resume(self.epoch, self.began), **self._claim(who), "wait": 0}
        del body["t"]
        answer = self.desk.http.post("/realtime/poll", json=body)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["frames"])

    def _claim(self, who: str) -> dict[str, int]:
        return {"shop": self.desk.shop} if who == FOREIGN_AGENT else {}


@pytest.fixture(scope="module")
def run(start_server: StartServer) -> Iterator[Run]:
    server = start_server(demo=False, **LIFTED)
    desk, elsewhere = Desk.open(server, "here"), Desk.open(server, "there")
    life = Happenings(desk)
    leaving = desk.agent("agent")
    people = {
        NAMED: life.named,
        COLLEAGUE: life.colleague,
        FOREIGN_AGENT: elsewhere.agent("owner"),
        SHOPPER: life.shopper,
        OTHER_SHOPPER: life.other_shopper,
        FORMER: life.passer_by,
        REMOVED: leaving,
    }
    lines = {kind: Line.live(elsewhere if kind == FOREIGN_AGENT else desk, who) for kind, who in people.items()}
    desk.call(life.named, "DELETE", f"/agents/{leaving.id}", expect=204)
    assert lines[REMOVED].until_closed() == 4003
    snapshot = desk.call(life.named, "GET", "/snapshot")
    lines[NAMED].settle()
    for line in lines.values():
        line.got.clear()
    life.happen()
    found = Run(desk, people, snapshot["epoch"], snapshot["pos"])
    end = desk.call(life.named, "GET", "/snapshot")["pos"]
    lines[NAMED].find(lambda frame: frame.get("pos") == end, "the last event")
    for kind, line in lines.items():
        if kind == FORMER:
            assert line.until_closed() == 1012  # to come back under the shopper's name
        elif kind != REMOVED:
            line.settle()
        found.live[kind] = line.events()
    yield found
    life.session.http.close()
    desk.close()
    elsewhere.close()


def test_every_event_type_has_a_row_and_every_row_a_publisher() -> None:
    published = published_types()
    assert set(published) == set(EVENTS), {kind: published.get(kind) for kind in set(published) ^ set(EVENTS)}


def test_a_type_without_a_row_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "spying.py").write_text('work.publish(shop, pos, "secret.told" if x else "secret.kept", put=put)\n')
    assert set(published_types(tmp_path)) == {"secret.told", "secret.kept"}
    (tmp_path / "hidden.py").write_text("work.publish(shop, pos, kind)\n")
    with pytest.raises(AssertionError, match="not written out"):
        published_types(tmp_path)


def test_every_type_has_happened(run: Run) -> None:
    assert {frame["type"] for frame in run.live[NAMED]} == set(EVENTS)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("type", sorted(EVENTS))
def test_an_event_reaches_whom_its_row_names_and_nobody_else(run: Run, type: str, way: str) -> None:
    expected = set(EVENTS[type])
    if way != "fan-out":
        # The browser that was a passer-by's is the shopper's now, and hears what the shopper hears.
        expected = expected - {FORMER} | ({FORMER} if SHOPPER in expected else set())
    # What is personal may have happened to a colleague as well: then it is another event, at a place of its own.
    places = {frame["pos"] for frame in run.live[NAMED] if frame["type"] == type}
    heard = {who: {frame["pos"] for frame in run.heard(way, who, type)} for who in SUBSCRIBERS}
    assert {who for who in SUBSCRIBERS if heard[who] & places} == expected
    assert not heard[FOREIGN_AGENT]


@pytest.mark.parametrize("way", WAYS)
def test_a_shopper_is_told_of_no_other_conversation_and_nothing_of_the_desks(run: Run, way: str) -> None:
    heard = [frame for type in EVENTS for frame in run.heard(way, SHOPPER, type)]
    assert heard
    for frame in heard:
        assert "desk" not in frame
        put = frame.get("put", {})
        for entry in put.get("entries", {}).values():
            assert entry["kind"] == "message" or entry["data"]["what"] in {"resolved", "reopened"}
        for conversation in put.get("conversations", {}).values():
            assert not {"contact_id", "rank", "snoozed_until", "last_text"} & set(conversation)
    told = str(heard)
    assert [word for word in ("Seen on Tuesday.", "half a thought", "prefers celadon") if word in told] == []


@pytest.mark.parametrize("who", [FOREIGN_AGENT, OTHER_SHOPPER, REMOVED])
def test_a_subscriber_without_rights_hears_no_event_of_any_kind(run: Run, who: str) -> None:
    assert run.live[who] == []


def test_a_line_that_subscribes_at_the_head_hears_nothing_of_the_past(run: Run) -> None:
    for who in (NAMED, SHOPPER, OTHER_SHOPPER):
        assert Line.live(run.desk, run.people[who]).events() == []
