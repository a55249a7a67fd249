"""Reports of providers become the ticks beside our messages, in whichever order and however often they come."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.files.storage import default_storage
from tests.people import People
from tests.postbag import Postbag

from sonnim.channels.inbound import MAX_ATTEMPTS, process_due
from sonnim.channels.kinds.postbox.hooks import signatures
from sonnim.channels.kinds.postbox.keys import sealed
from sonnim.channels.kinds.postbox.models import BadAddress, Letter, Mailbox
from sonnim.channels.kinds.postbox.tests import provided
from sonnim.channels.models import Inbound
from sonnim.conversations.actions.delivering import begin_carrying, mark_delivery
from sonnim.conversations.models import Entry
from sonnim.kernel import clock
from sonnim.kernel.http import Answer
from sonnim.kernel.secrets import hash_token

TO = "haneul@mail.example"
PROVIDERS = ("postmark", "mailgun", "sendgrid", "amazon_ses")


class Sent:
    """A mail of ours that a provider has taken."""

    def __init__(self, people: People, provider: str) -> None:
        bag = Postbag(people)
        Mailbox.objects.update(
            provider=provider, way_in="provider", hook=hash_token(provided.SECRET),
            secrets=sealed({"provider_secret": provided.MAILGUN_KEY} if provider == "mailgun" else {}),
        )  # fmt: skip
        self.mailbox = Mailbox.objects.get(pk=bag.mailbox.pk)
        first = bag.first()
        self.message_id = bag.answer(first.conversation_id)
        letter = Letter.objects.get(message_id=self.message_id)
        letter.provider_id = "<7f.3@provider.example>" if provider == "mailgun" else "7f-3"
        letter.save()
        self.entry_id = letter.entry_id or 0
        begin_carrying(shop_id=people.shop.pk, entry_id=self.entry_id)
        mark_delivery(shop_id=people.shop.pk, entry_id=self.entry_id, state="sent")

    @property
    def delivery(self) -> dict[str, Any]:
        return dict(json.loads(Entry.objects.get(pk=self.entry_id).delivery))


@pytest.fixture(params=PROVIDERS)
def provider(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    signatures._certificate.cache_clear()
    monkeypatch.setattr(signatures, "fetch", lambda url, **_: Answer(url, 200, {}, provided.certificate()))
    return str(request.param)


@pytest.fixture
def sent(people: People, provider: str) -> Sent:
    return Sent(people, provider)


def report(provider: str, what: str, *, about: str = "", hard: bool = True) -> Any:
    """Delivered, opened or failed, as a provider says it."""
    said = "550 5.1.1 no such user"
    match provider:
        case "postmark":
            kind = {"delivered": "Delivery", "opened": "Open", "failed": "Bounce"}[what]
            detail = {"Type": "HardBounce" if hard else "SoftBounce", "Details": said} if what == "failed" else {}
            return {"RecordType": kind, "MessageID": about or "7f-3", "Recipient": TO, **detail}
        case "mailgun":
            headers = {"message-id": about or "7f.3@provider.example"}
            event: dict[str, Any] = {"event": what, "recipient": TO, "timestamp": 1, "message": {"headers": headers}}
            if what == "failed":
                reason = {"severity": "permanent", "reason": "bounce" if hard else "generic"}
                event |= {**reason, "delivery-status": {"message": said}}
            return {"event-data": event, "signature": provided.mailgun_signature()}
        case "sendgrid":
            kind = {"delivered": "delivered", "opened": "open", "failed": "bounce"}[what]
            detail = {"type": "bounce" if hard else "blocked", "reason": said} if what == "failed" else {}
            return [{"event": kind, "anymail_id": about or "7f-3", "email": TO, "timestamp": 1, **detail}]
    kind = {"delivered": "Delivery", "opened": "Open", "failed": "Bounce"}[what]
    bounced = [{"emailAddress": TO, "diagnosticCode": said}]
    details: dict[str, Any] = {
        "delivery": {"recipients": [TO], "smtpResponse": "250 ok"},
        "open": {},
        "bounce": {
            "bounceType": "Permanent" if hard else "Undetermined", "bounceSubType": "General",
            "bouncedRecipients": bounced,
        },
    }  # fmt: skip
    about_ours = {"mail": {"messageId": about or "7f-3", "destination": [TO]}, **{kind.lower(): details[kind.lower()]}}
    return provided.amazon({"notificationType": kind, **about_ours})


@pytest.mark.parametrize("what", ["delivered", "opened"])
def test_what_has_arrived_is_shown_so_once(provider: str, sent: Sent, what: str) -> None:
    said = report(provider, what)
    assert [provided.post(sent.mailbox, said) for _ in range(3)] == [200] * 3
    assert sent.delivery["state"] == "delivered", "a program that opened it is not yet a person who read it"
    assert Entry.objects.get(pk=sent.entry_id).data is not None
    assert Inbound.objects.count() == 0, "a report is no mail"


def test_a_refusal_is_shown_in_the_servers_words_and_ends_further_mail(provider: str, sent: Sent) -> None:
    assert provided.post(sent.mailbox, report(provider, "failed")) == 200
    assert sent.delivery["state"] == "failed"
    assert "550 5.1.1 no such user" in sent.delivery["note"]
    assert BadAddress.objects.get().address == TO


def test_a_passing_failure_ends_no_further_mail(provider: str, sent: Sent) -> None:
    assert provided.post(sent.mailbox, report(provider, "failed", hard=False)) == 200
    assert sent.delivery["state"] == "failed"
    assert not BadAddress.objects.exists()


def test_reports_in_the_wrong_order_take_nothing_back(provider: str, sent: Sent) -> None:
    for what in ("opened", "delivered", "opened"):
        provided.post(sent.mailbox, report(provider, what))
    assert sent.delivery["state"] == "delivered"


def test_a_report_about_another_shops_mail_changes_nothing(provider: str, sent: Sent, people: People) -> None:
    foreign = Mailbox.objects.create(
        shop=people.other_shop, address="x@else.example", provider=provider, hook=hash_token(provided.SECRET),
        secrets=sent.mailbox.secrets,
    )  # fmt: skip
    assert provided.post(foreign, report(provider, "failed")) == 200
    assert provided.post(sent.mailbox, report(provider, "failed", about="unknown")) == 200
    assert sent.delivery["state"] == "sent"
    assert not BadAddress.objects.exists()


def test_a_report_that_is_quicker_than_our_own_note_waits_for_it(provider: str, sent: Sent) -> None:
    known = Letter.objects.filter(out=True).values_list("provider_id", flat=True).get()
    Letter.objects.update(provider_id="")
    said = report(provider, "failed")
    assert [provided.post(sent.mailbox, said) for _ in range(2)] == [200] * 2
    assert process_due() == 1
    assert sent.delivery["state"] == "sent"
    Letter.objects.filter(out=True).update(provider_id=known)
    assert process_due() == 0, "it is not tried again at once"
    Inbound.objects.update(due_at=clock.now())
    assert process_due() == 1
    assert sent.delivery["state"] == "failed"
    assert Inbound.objects.get().state == "ignored"


def test_a_report_about_a_mail_that_nobody_knows_is_forgotten_after_some_minutes(provider: str, sent: Sent) -> None:
    provided.post(sent.mailbox, report(provider, "failed", about="unknown"))
    file = Inbound.objects.get().file
    for _ in range(MAX_ATTEMPTS):
        Inbound.objects.update(due_at=clock.now())
        assert process_due() == 1
    assert not Inbound.objects.exists()
    assert not default_storage.exists(file)


def test_a_provider_that_keeps_our_message_id_is_understood_too(people: People) -> None:
    sent = Sent(people, "mailgun")
    Letter.objects.update(provider_id="")
    assert provided.post(sent.mailbox, report("mailgun", "delivered", about=sent.message_id.strip("<>"))) == 200
    assert sent.delivery["state"] == "delivered"


def test_reports_of_sendgrid_are_signed_where_the_owner_has_said_so(people: People) -> None:
    sent = Sent(people, "sendgrid")
    Mailbox.objects.update(secrets=sealed({"provider_secret": provided.public_key()}))
    said = json.dumps(report("sendgrid", "failed"))
    assert provided.post(sent.mailbox, said) == 401
    signature = provided.SENDGRID_KEY.sign(b"1" + said.encode(), ec.ECDSA(hashes.SHA256()))
    headers = {
        "x-twilio-email-event-webhook-timestamp": "1",
        "x-twilio-email-event-webhook-signature": base64.b64encode(signature).decode(),
    }
    assert provided.post(sent.mailbox, said.replace("bounce", "bounced"), **headers) == 401
    assert sent.delivery["state"] == "sent"
    assert provided.post(sent.mailbox, said, **headers) == 200
    assert sent.delivery["state"] == "failed"
