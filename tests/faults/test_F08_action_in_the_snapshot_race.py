"""Whatever happens while a snapshot is read: the snapshot and the events after it make the same view as a fresh one."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from django.test import Client

from sonnim.accounts import actions as accounts
from sonnim.channels.kinds.webchat.actions import begin_visit
from sonnim.eventlog import queries
from sonnim.realtime.stream import frame
from tests.faults.happenings import HAPPENINGS, UNTOLD, cases
from tests.faults.publishing import publishing_functions
from tests.faults.town import Town, build
from tests.people import People
from tests.protocol.desk import Desk, Who
from tests.protocol.view import Snapshot, read_snapshot, visible_to_agent, visible_to_visitor

SNAPSHOTS = ("sonnim.realtime.api.head", "sonnim.channels.kinds.webchat.queries.head")
pytestmark = pytest.mark.django_db


class InProcess:
    """The part of an HTTP client that Desk uses, answered by Django in this process."""

    def __init__(self) -> None:
        self._client = Client()

    def request(self, method: str, path: str, *, json: Any = None, headers: Any = None) -> httpx.Response:
        data = b"" if json is None else _bytes(json)
        answer = self._client.generic(method, path, data, content_type="application/json", headers=headers or {})
        return httpx.Response(answer.status_code, content=answer.content)

    def post(self, path: str, *, json: Any) -> httpx.Response:
        return self.request("POST", path, json=json)


def _bytes(body: Any) -> bytes:
    return json.dumps(body).encode()


class InProcessDesk(Desk):
    def __init__(self, town: Town) -> None:
        token = accounts.create_token(actor=town.people.actor(town.people.agent), name="tests").secret
        self.shop, self.key = town.shop, town.people.shop.public_key
        self.made = {"agents": {"agent": {"id": town.people.agent.pk, "token": token}}}
        self.http = InProcess()  # type: ignore[assignment]
        self.identity: str | None = None
        self.shopper = Who("visitor", town.shopper.pk, town.shopper_token, town.shop)

    def begin(self, token: str | None, *, locale: str = "ko") -> dict[str, Any]:
        body = {"key": self.key, "token": token, "locale": locale, "identity": self.identity}
        answer = self.http.post("/api/v1/widget/session", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@pytest.fixture
def town(people: People) -> Iterator[Town]:
    yield build(people)


def catch_up(view: Snapshot, who: Who) -> None:
    """Take the events after the view's position as they go over the wire."""
    head = queries.head(who.shop)
    assert head is not None
    if who.kind == "agent":
        events = queries.missed_by_agent(who.shop, who.id, view.pos, head.pos)
    else:
        events = queries.missed_by_contact(who.shop, who.id, view.pos, head.pos)
    assert events is not None
    for event in events:
        sent = json.loads(frame(event, view.pos, desk=who.kind == "agent"))
        assert sent["prev"] == view.pos
        view.apply(sent)
        view.pos = sent["pos"]


def when_position_is_read(monkeypatch: pytest.MonkeyPatch, happen: Callable[[], object]) -> None:
    """The worst moment of a race: the position is known, and nothing else has been read."""

    def racing(shop_id: int) -> queries.Position | None:
        position = queries.head(shop_id)
        monkeypatch.undo()
        happen()
        return position

    for name in SNAPSHOTS:
        monkeypatch.setattr(name, racing)


@pytest.mark.parametrize("kind", ["agent", "visitor"])
@pytest.mark.parametrize(("name", "index"), cases())
def test_snapshot_and_events_make_the_same_view_as_a_fresh_snapshot(
    town: Town, monkeypatch: pytest.MonkeyPatch, name: str, index: int, kind: str
) -> None:
    desk = InProcessDesk(town)
    who = desk.agent() if kind == "agent" else desk.shopper
    visible = (lambda view: visible_to_agent(view, who)) if kind == "agent" else visible_to_visitor
    before = read_snapshot(desk, who)
    when_position_is_read(monkeypatch, lambda: HAPPENINGS[name][index](town))
    during = read_snapshot(desk, who)
    fresh = read_snapshot(desk, who)
    assert fresh.pos > before.pos, "nothing was published"
    for view in (before, during):
        catch_up(view, who)
        assert visible(view) == visible(fresh)


def test_a_customers_other_device_gets_what_was_written_before_the_sign_in(town: Town) -> None:
    """Two devices of a proven customer and a stranger's browser, which then turns out to be the customer's third."""
    known = begin_visit(shop=town.shop_now(), token=None, identity=town.signed(), locale="ko")
    desk = InProcessDesk(town)
    who = Who("visitor", known.contact.pk, known.token, town.shop)
    before = _of_customer(desk, town, who)
    begin_visit(shop=town.shop_now(), token=town.shopper_token, identity=town.signed(), locale="ko")
    catch_up(before, who)
    fresh = _of_customer(desk, town, who)
    assert visible_to_visitor(before) == visible_to_visitor(fresh)
    assert len(fresh.of("entries")) == 2


def _of_customer(desk: InProcessDesk, town: Town, who: Who) -> Snapshot:
    desk.identity = town.signed()
    return read_snapshot(desk, who)


def test_every_action_that_publishes_is_among_the_happenings() -> None:
    assert publishing_functions() == HAPPENINGS.keys() | UNTOLD.keys()


def test_the_search_for_publishing_functions_finds_a_new_one(tmp_path: Any) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "actions.py").write_text(
        "def start_clock(*, work):\n    _tell(work)\ndef _tell(work):\n    work.publish()\n"
    )
    assert publishing_functions(tmp_path) == {"plan.actions:start_clock"}
