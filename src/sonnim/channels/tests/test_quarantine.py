"""What could not be read is kept, looked at, downloaded, tried again and put away, by those who configure the shop."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from tests.people import People

from sonnim.accounts.models import AuditEntry
from sonnim.channels import inbound, queries
from sonnim.channels.actions import KEPT, forget_discarded
from sonnim.channels.adapter import Arrived, Ignored, Quarantine
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.models import Inbound
from sonnim.kernel import clock

RAW = (
    b"From: =?utf-8?b?6rmA7IaQ64uY?= <kim@example.com>\r\nSubject: =?utf-8?b?64us7ZWt7JWE66as?=\r\n\r\n"
    b"<script>alert(1)</script> \xff \xe2\x80\xae\x00 The jar has come in two pieces.\r\n"
)


class Reader:
    """A channel's adapter that refuses everything, until it is mended."""

    mended = False

    def receive(self, arrived: Arrived) -> Ignored:
        if not self.mended:
            raise Quarantine("Its parts have no end.")
        return Ignored("a report")


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    monkeypatch.setattr(inbound, "_adapter_of", lambda kind: made)
    return made


def arrive(people: People, key: str = "1", *, raw: bytes = RAW, source_id: int = 0) -> int:
    row, _ = inbound.store(shop_id=people.shop.pk, kind="postbox", key=key, raw=raw, source_id=source_id)
    inbound.process_due()
    return row


def asked(people: People, path: str = "", **query: str) -> Any:
    rest = "&".join(f"{name}={value}" for name, value in query.items())
    return people.browser(people.owner).get(people.url(f"/inbound{path}") + (f"?{rest}" if rest else ""))


def done(people: People, row: int, what: str) -> Any:
    return people.browser(people.owner).post(people.url(f"/inbound/{row}/{what}"))


def test_it_is_shown_with_its_reason_and_what_it_says_of_itself(people: People, reader: Reader) -> None:
    mailbox = Mailbox.objects.create(shop=people.shop, address="help@ongi.example")
    row = arrive(people, source_id=mailbox.pk)
    [item] = asked(people).json()["items"]
    assert (item["id"], item["source"], item["state"]) == (row, "help@ongi.example", "quarantined")
    assert (item["sender"], item["about"]) == ("김손님 <kim@example.com>", "달항아리")
    assert item["reason"] == "Its parts have no end."
    beginning = asked(people, f"/{row}").json()["beginning"]
    assert "The jar has come in two pieces." in beginning
    assert "\x00" not in beginning and "\u202e" not in beginning
    assert asked(people, "/count").json() == {"quarantined": 1}


def test_it_is_downloaded_as_it_came_and_runs_nowhere(people: People, reader: Reader) -> None:
    answer = asked(people, f"/{arrive(people)}/raw")
    assert b"".join(answer.streaming_content) == RAW
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_it_is_read_again_at_once(people: People, reader: Reader) -> None:
    row = arrive(people)
    again = done(people, row, "retry").json()
    assert (again["state"], again["reason"]) == ("quarantined", "Its parts have no end.")
    reader.mended = True
    assert done(people, row, "retry").json()["state"] == "ignored"
    assert asked(people).json()["items"] == []
    assert [item["id"] for item in asked(people, state="ignored").json()["items"]] == [row]


def test_it_is_put_away_and_taken_back(people: People, reader: Reader) -> None:
    row = arrive(people)
    assert done(people, row, "restore").status_code == 409
    assert done(people, row, "discard").status_code == 204
    assert done(people, row, "discard").status_code == 409
    assert asked(people).json()["items"] == []
    assert [item["id"] for item in asked(people, state="discarded").json()["items"]] == [row]
    assert done(people, row, "restore").status_code == 204
    assert [item["id"] for item in asked(people).json()["items"]] == [row]
    lines = AuditEntry.objects.filter(target=f"inbound:{row}").order_by("id").values_list("action", flat=True)
    assert list(lines) == ["inbound.discarded", "inbound.restored"]


def test_what_is_put_away_is_deleted_in_the_end_and_never_kept_twice(people: People, reader: Reader) -> None:
    row = arrive(people)
    name = Inbound.objects.get(pk=row).file
    done(people, row, "discard")
    forget_discarded()
    assert default_storage.exists(name)
    with clock.moved(KEPT + timedelta(minutes=1)):
        forget_discarded()
    assert not default_storage.exists(name)
    assert done(people, row, "restore").status_code == 409
    assert asked(people, state="discarded").json()["items"] == []
    assert asked(people, f"/{row}/raw").status_code == 404
    assert inbound.store(shop_id=people.shop.pk, kind="postbox", key="1", raw=RAW) == (row, False)


def test_there_is_a_next_page(people: People, reader: Reader) -> None:
    rows = [arrive(people, str(n)) for n in range(27)]
    first = asked(people).json()
    second = asked(people, cursor=first["next"]).json()
    assert [item["id"] for item in first["items"] + second["items"]] == rows[::-1]
    assert second["next"] is None


def test_a_page_is_found_by_its_index(people: People) -> None:
    moment = clock.now()
    Inbound.objects.bulk_create(
        Inbound(
            shop=people.shop, kind="postbox", key=str(n), file="x", size=1, due_at=moment,
            state="quarantined" if n % 50 == 0 else "done",
        )
        for n in range(3_000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    page = Inbound.objects.filter(shop_id=people.shop.pk, state="quarantined").order_by("-id")[:26]
    assert "inbound_newest" in page.explain()
    assert queries.quarantined(people.shop.pk) == 60


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 20_000,
        b"Subject: " + b"=?utf-8?q?=C3=A9?= " * 20_000,
        b"From: " + b"(" * 15_000,
        b"no header at all",
        b"X: " + b"a" * 300_000,
    ],
)
def test_a_glance_at_something_hostile_is_quick(people: People, reader: Reader, raw: bytes) -> None:
    row = arrive(people, raw=raw)
    began = clock.monotonic()
    [item] = asked(people).json()["items"]
    assert item["id"] == row
    assert asked(people, f"/{row}").status_code == 200
    assert clock.monotonic() - began < 3


def test_it_is_nobody_elses_business(people: People, reader: Reader) -> None:
    row = arrive(people)
    for who in (people.agent, people.lead):
        assert people.browser(who).get(people.url("/inbound")).status_code == 403
        assert people.browser(who).post(people.url(f"/inbound/{row}/retry")).status_code == 403
    outsider, theirs = people.browser(people.outsider), f"/api/v1/shops/{people.other_shop.pk}/inbound/{row}"
    assert outsider.get(theirs).status_code == 404
    assert outsider.get(f"{theirs}/raw").status_code == 404
    assert outsider.post(f"{theirs}/discard").status_code == 404


def test_what_it_says_is_shown_decoded_and_is_only_text(people: People, reader: Reader) -> None:
    said = base64.encodebytes("항아리가 <b>두 조각</b>으로 왔어요.\n\u202e<script>alert(1)</script>".encode()).decode()
    raw = (
        "From: Kim <kim@x.example>\r\nSubject: jar\r\nMIME-Version: 1.0\r\n"
        'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + said
    ).encode()
    row = arrive(people, raw=raw)
    inbound.process_due()
    shown = asked(people, f"/{row}")
    assert shown["Content-Type"].startswith("application/json")
    detail = shown.json()
    assert detail["text"].startswith("항아리가 <b>두 조각</b>으로 왔어요.")
    assert "\u202e" not in detail["text"]
    assert said.split()[0] in detail["beginning"]


def test_of_what_cannot_be_read_only_the_raw_beginning_is_shown(people: People, reader: Reader) -> None:
    row = arrive(people, raw=b"X: y\r\n" * 600 + b"\r\nhello")
    inbound.process_due()
    detail = asked(people, f"/{row}").json()
    assert detail["text"] == ""
    assert detail["beginning"].startswith("X: y")
