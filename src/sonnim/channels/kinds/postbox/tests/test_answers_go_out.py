"""From the outbox to a mail server: what arrived, what did not and why, and where a later answer will find its way."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.people import People
from tests.providers.processes import free_port
from tests.providers.smtp import Postman

from sonnim.channels.delivery import carry, give_up
from sonnim.channels.kinds.postbox import oauth, resting, smtp, wire
from sonnim.channels.kinds.postbox.keys import sealed
from sonnim.channels.kinds.postbox.models import BadAddress, Letter
from sonnim.channels.kinds.postbox.tests.correspondence import ADDRESS, Correspondence
from sonnim.contacts.models import Contact
from sonnim.conversations.actions.delivering import send_again
from sonnim.conversations.change import CARRY
from sonnim.conversations.models import Entry, Envelope
from sonnim.eventlog import outbox
from sonnim.eventlog.models import Outbox
from sonnim.eventlog.outbox import OutboxError, deliver_due
from sonnim.kernel import clock

NOBODY = free_port()
pytestmark = pytest.mark.django_db


@pytest.fixture
def postman(settings: Settings) -> Iterator[Postman]:
    with Postman() as serving:
        settings.OUTGOING_TRUSTED = frozenset({serving.address, f"127.0.0.1:{NOBODY}"})
        yield serving


@pytest.fixture
def desk(people: People, postman: Postman) -> Iterator[Correspondence]:
    desk = Correspondence.begin(people, smtp=postman.settings())
    desk.they_write("언제 오나요?", message_id="<1@x.example>")
    Outbox.objects.all().delete()  # what the people before have left
    yield desk
    resting._resting.clear()


def send(desk: Correspondence, text: str = "네, 곧 보내 드릴게요.", **more: Any) -> int:
    """Write an answer and let it be carried; answers its entry."""
    entry = desk.we_write(text, **more)
    carried(desk, entry)
    return entry


def carried(desk: Correspondence, entry: int) -> None:
    try:
        carry({"shop_id": desk.people.shop.pk, "entry_id": entry})
    except OutboxError as error:
        desk.failure = error


def test_an_answer_arrives_and_the_desk_knows_it(desk: Correspondence, postman: Postman) -> None:
    entry = send(desk, cc=["boss@x.example"], to=[ADDRESS])
    [mail] = postman.taken
    assert mail.sender == "help@ongi.example"
    assert mail.recipients == [ADDRESS, "boss@x.example"]
    assert desk.state_of(entry)["state"] == "sent"
    [letter] = Letter.objects.filter(out=True)
    assert letter.message_id == mail.message["Message-ID"]
    assert (letter.entry_id, letter.recipient, letter.references) == (entry, ADDRESS, "<1@x.example>")


def test_what_is_needed_to_find_an_answer_s_place_is_kept_before_the_mail_leaves(
    desk: Correspondence, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def look(*args: object, **named: object) -> str:
        seen.extend(Letter.objects.filter(out=True).values_list("message_id", flat=True))
        return ""

    monkeypatch.setattr(smtp, "hand_over", look)
    send(desk)
    assert len(seen) == 1


def test_the_envelope_says_afterwards_from_whom_and_to_whom_it_went(desk: Correspondence) -> None:
    entry = send(desk)
    kept = Envelope.objects.get(entry_id=entry).data
    assert kept["to"] == [{"name": "김민지", "address": ADDRESS}]
    assert kept["sender"] == {"name": "Agent · 온기", "address": "help@ongi.example"}
    assert (kept["subject"], kept["source_id"]) == ("Re: 배송 문의", desk.source.pk)


def test_a_refusal_for_good_is_shown_with_the_server_s_words_and_not_tried_again(
    desk: Correspondence, postman: Postman
) -> None:
    postman.verdicts = ["554 5.7.1 looks like spam"]
    entry = send(desk)
    assert desk.failure is not None
    assert desk.failure.permanent
    assert (desk.state_of(entry)["state"], desk.state_of(entry)["note"]) == ("failed", "554 5.7.1 looks like spam")
    assert not BadAddress.objects.exists()


def test_an_address_that_does_not_exist_gets_nothing_more_until_the_contact_has_another(
    desk: Correspondence, postman: Postman
) -> None:
    postman.refused[ADDRESS] = "550 5.1.1 no such user"
    entry = send(desk)
    assert BadAddress.objects.get().address == ADDRESS
    postman.refused.clear()
    again = send(desk)
    assert desk.state_of(again)["state"] == "failed"
    assert postman.taken == []
    Contact.objects.filter(pk=desk.contact.pk).update(email="new@x.example")
    placed = Entry.objects.get(pk=entry)
    send_again(shop_id=desk.people.shop.pk, conversation_id=placed.conversation_id, seq=placed.seq)
    carried(desk, entry)
    assert postman.taken[0].recipients == ["new@x.example"]
    assert Letter.objects.filter(out=True, entry_id=entry).count() == 1


def test_a_server_that_says_later_is_asked_later(
    desk: Correspondence, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(outbox.HANDLERS, CARRY, carry)
    postman.verdicts = ["451 4.7.1 greylisted"]
    entry = desk.we_write("네")
    assert deliver_due() == 1
    assert (desk.state_of(entry)["state"], desk.state_of(entry)["note"]) == ("queued", "451 4.7.1 greylisted")
    assert deliver_due() == 0
    with clock.moved(Outbox.objects.get().due_at - clock.now()):
        assert deliver_due() == 1
    assert desk.state_of(entry)["state"] == "sent"
    assert len(postman.taken) == 1


def test_an_answer_that_is_never_taken_is_shown_as_failed_in_the_end(
    desk: Correspondence, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.source.smtp = {**desk.source.smtp, "port": NOBODY}
    desk.source.save()
    entry = desk.we_write("네")
    monkeypatch.setitem(outbox.HANDLERS, CARRY, carry)
    monkeypatch.setitem(outbox.GIVEN_UP, CARRY, give_up)
    Outbox.objects.update(attempts=outbox.MAX_ATTEMPTS - 1)
    assert deliver_due() == 1
    assert Outbox.objects.get().state == "failed"
    assert desk.state_of(entry)["state"] == "failed"


def test_a_mailbox_whose_server_is_away_rests_and_another_one_goes_on(
    desk: Correspondence, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.source.smtp = {**desk.source.smtp, "port": NOBODY}
    desk.source.save()
    send(desk)
    assert desk.failure is not None
    monkeypatch.setattr(smtp, "hand_over", pytest.fail)
    assert desk.state_of(send(desk))["state"] == "queued"
    monkeypatch.undo()
    other = Correspondence.begin(desk.people, address="shop@ongi.example", is_default=False, smtp=postman.settings())
    entry = send(desk, source_id=other.source.pk)
    assert desk.state_of(entry)["state"] == "sent"
    desk.source.smtp = postman.settings()
    desk.source.save()
    assert desk.state_of(send(desk))["state"] == "sent", "it has been set up anew"
    assert len(postman.taken) == 2


def test_silence_after_the_whole_mail_is_no_yes_and_no_no(
    desk: Correspondence, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "STEP_S", 0.3)
    postman.silent = True
    entry = send(desk)
    assert desk.state_of(entry)["state"] == "unsure"
    assert "may have arrived" in desk.state_of(entry)["note"]
    carried(desk, entry)  # the row comes up again
    assert len(postman.taken) == 1


def test_a_mailbox_that_is_switched_off_sends_nothing(desk: Correspondence, postman: Postman) -> None:
    desk.source.active = False
    desk.source.save()
    entry = send(desk)
    assert desk.state_of(entry)["state"] == "failed"
    assert "no mailbox" in desk.state_of(entry)["note"]


def test_a_private_server_that_nobody_named_is_not_called(desk: Correspondence, settings: Settings) -> None:
    settings.OUTGOING_TRUSTED = frozenset()
    entry = send(desk)
    assert "127.0.0.1 cannot be reached" in desk.state_of(entry)["note"]


def test_the_house_s_own_server_sends_for_a_mailbox_that_has_none(
    desk: Correspondence, postman: Postman, settings: Settings
) -> None:
    desk.source.way_out = "house"
    desk.source.save()
    settings.EMAIL_HOST = ""
    assert "no outgoing mail server" in desk.state_of(send(desk))["note"]
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", postman.port, False
    settings.OUTGOING_TRUSTED = frozenset()
    settings.MAIL_SENDERS = frozenset({"ongi.example"})
    assert desk.state_of(send(desk))["state"] == "sent"


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("help@ongi.example", True),
        ("Noreply@desk.example", True),
        ("ceo@desk.example", False),
        ("one@else.example", True),
        ("two@else.example", False),
        ("help@sub.ongi.example", False),
        ("ongi.example@evil.example", False),
    ],
)
def test_the_house_s_own_server_sends_only_as_whom_its_operator_named(
    desk: Correspondence, postman: Postman, settings: Settings, address: str, may: bool
) -> None:
    desk.source.way_out, desk.source.address = "house", address
    desk.source.save()
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", postman.port, False
    settings.DEFAULT_FROM_EMAIL = "Sonnim <noreply@desk.example>"
    settings.MAIL_SENDERS = frozenset({"ongi.example", "one@else.example"})
    entry = send(desk)
    assert desk.state_of(entry)["state"] == ("sent" if may else "failed")
    assert len(postman.taken) == int(may)
    assert may or "SONNIM_MAIL_SENDERS" in desk.state_of(entry)["note"]


def test_a_token_is_asked_for_and_a_refused_one_is_forgotten(
    desk: Correspondence, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    postman.token = "good"
    tokens, forgotten = ["ended", "good"], list[object]()
    monkeypatch.setattr(oauth, "token_of", lambda mailbox: tokens.pop(0))
    monkeypatch.setattr(oauth, "forget", forgotten.append)
    desk.source.smtp = postman.settings(auth="xoauth2", user="help@ongi.example")
    desk.source.secrets = sealed({"oauth_refresh": "r"})
    desk.source.save()
    entry = send(desk)
    assert desk.state_of(entry)["state"] == "queued"
    assert forgotten == [{"oauth_refresh": "r"}]
    carried(desk, entry)
    assert desk.state_of(entry)["state"] == "sent"


def test_a_mail_that_cannot_be_written_down_is_not_called_sent(
    desk: Correspondence, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(mail: object) -> bytes:
        raise ValueError("no such character")

    monkeypatch.setattr(wire, "as_bytes", broken)
    entry = send(desk)
    assert (desk.state_of(entry)["state"], desk.state_of(entry)["note"]) == (
        "failed",
        "This mail cannot be made: no such character",
    )


def test_to_an_address_that_cannot_be_written_down_nothing_was_sent_and_the_desk_knows_it(
    desk: Correspondence, postman: Postman
) -> None:
    Letter.objects.all().delete()
    Contact.objects.update(email=f"kim@{'가' * 64}.example")
    entry = send(desk)
    assert desk.failure is not None and desk.failure.permanent
    assert desk.state_of(entry)["state"] == "failed"
    assert not postman.taken


@pytest.mark.parametrize(
    "what", ["sending.compose", "actions.letters.keep_outgoing", "transports.secrets_of", "wire.as_bytes"]
)
def test_what_goes_wrong_before_anybody_is_called_is_not_sent_and_tried_again(
    desk: Correspondence, postman: Postman, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def broken(*args: object, **named: object) -> None:
        raise KeyError("a fault of ours")

    monkeypatch.setattr(f"sonnim.channels.kinds.postbox.{what}", broken)
    entry = send(desk)
    assert desk.failure is not None and not desk.failure.permanent
    assert desk.state_of(entry)["state"] == "queued"
    assert "a fault of ours" in desk.state_of(entry)["note"]
    monkeypatch.undo()
    carried(desk, entry)
    assert desk.state_of(entry)["state"] == "sent"
    assert len(postman.taken) == 1


def test_what_goes_wrong_where_the_server_may_have_the_mail_is_unsure_at_once(
    desk: Correspondence, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **named: object) -> str:
        raise KeyError("a fault of ours")

    monkeypatch.setattr(smtp, "hand_over", broken)
    entry = send(desk)
    assert desk.state_of(entry)["state"] == "unsure"
    assert "a fault of ours" in desk.state_of(entry)["note"]


def test_a_large_mail_keeps_its_row_for_as_long_as_a_slow_line_needs(
    desk: Correspondence, monkeypatch: pytest.MonkeyPatch
) -> None:
    until: list[float] = []

    def look(*args: object, **named: object) -> str:
        until.append((Outbox.objects.earliest("pk").due_at - clock.now()).total_seconds())
        return ""

    monkeypatch.setattr(smtp, "hand_over", look)
    monkeypatch.setitem(outbox.HANDLERS, CARRY, carry)
    desk.we_write("사진이에요", files=(desk.file("jar.jpg", b"x" * 6 * 2**20),))
    desk.we_write("네")
    assert deliver_due() == 2
    large, small = until
    assert large > outbox.LEASE_S + smtp.time_for(8 * 2**20) > small
