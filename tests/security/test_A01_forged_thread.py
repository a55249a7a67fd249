"""A01: a stranger's mail that refers to somebody's conversation, without a mark of ours or with a forged one."""

import base64
import secrets

import pytest

from sonnim.channels.kinds.postbox import tokens
from sonnim.conversations.models import Entry
from tests.people import People
from tests.postbag import Postbag, written

SUBJECT = "Re: 달항아리 배송 문의"


@pytest.fixture
def postbag(people: People) -> Postbag:
    return Postbag(people)


def forged(kind: str, postbag: Postbag, first: Entry) -> tuple[str, str]:
    """(To, In-Reply-To) of a mail that wants to be in the conversation of another."""
    where = {"shop_id": postbag.shop, "conversation_id": first.conversation_id, "person_id": first.author_id or 0}
    real = tokens.mark("c", **where)
    guess = base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
    body = real.rpartition(".")[0]
    made = {
        "guessed seal": f"{body}.{guess}",
        "seal cut short": real[:-1],
        "seal of another conversation": f"{body}."
        + tokens.mark("c", **{**where, "conversation_id": first.conversation_id + 1}).rpartition(".")[2],
        "seal of another kind": f"e{body[1:]}.{real.rpartition('.')[2]}",
        "seal of another shop": tokens.mark("c", **{**where, "shop_id": postbag.people.other_shop.pk}),
        "no seal": body,
    }
    mark = made[kind]
    return f"help+{mark}@ongi.example", f"<sonnim.{mark}@ongi.example>"


def test_a_mail_that_names_the_shoppers_own_mail_begins_a_conversation_of_its_own(postbag: Postbag) -> None:
    first = postbag.first(message_id="<one@mail.example>")
    raw = written("환불 계좌를 바꿔 주세요", sender="eve@evil.example", refers_to="<one@mail.example>", subject=SUBJECT)
    entry = postbag.file(raw)
    assert entry.conversation_id != first.conversation_id
    assert Entry.objects.filter(conversation=first.conversation_id).count() == 1


@pytest.mark.parametrize(
    "kind",
    ["guessed seal", "seal cut short", "seal of another conversation", "seal of another kind", "seal of another shop",
     "no seal"],
)  # fmt: skip
def test_a_forged_mark_leads_nowhere(postbag: Postbag, kind: str) -> None:
    first = postbag.first()
    to, refers_to = forged(kind, postbag, first)
    raw = written(sender="eve@evil.example", to=to, refers_to=refers_to, subject=SUBJECT)
    assert postbag.file(raw).conversation_id != first.conversation_id
    assert Entry.objects.filter(conversation=first.conversation_id).count() == 1


def test_the_real_mark_would_have_led_there(postbag: Postbag) -> None:
    """Without this, marks that never lead anywhere would pass all of the above."""
    first = postbag.first()
    to = postbag.reply_address(first.conversation_id, first.author_id or 0)
    raw = written(sender="eve@evil.example", to=to, subject=SUBJECT)
    assert postbag.file(raw).conversation_id == first.conversation_id
