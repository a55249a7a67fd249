"""A07: delivery reports, automatic mail, empty Return-Path and list mail, 20 each: no machine of ours answers."""

import pytest

from sonnim.channels.kinds.postbox.answering import answered
from sonnim.channels.kinds.postbox.rules import may_answer_automatically
from sonnim.eventlog.models import Outbox
from sonnim.letters.letter import read
from tests.people import People
from tests.postbag import Postbag, written

KINDS = {
    "delivery report": (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "MAILER-DAEMON@mx.example",
    ),
    "automatic": ("Auto-Submitted: auto-generated", "robot@mail.example"),
    "answered by a machine": ("Auto-Submitted: auto-replied", "away@mail.example"),
    "empty Return-Path": ("Return-Path: <>", "web@mail.example"),
    "list": ("List-Id: <news.mail.example>", "news@mail.example"),
    "bulk": ("Precedence: bulk", "sale@mail.example"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_twenty_of_a_kind_get_no_answer(people: People, kind: str) -> None:
    postbag = Postbag(people)
    head, sender = KINDS[kind]
    before = Outbox.objects.count()
    for n in range(20):
        raw = written(f"--b\n\n550 5.1.1 unknown {n}\n--b--", sender=sender, subject=f"Mail {n}", head=head)
        postbag.bring(raw)
        history = answered(shop_id=postbag.shop, address=sender)
        assert may_answer_automatically(read(raw), history) is not None
    assert Outbox.objects.count() == before
