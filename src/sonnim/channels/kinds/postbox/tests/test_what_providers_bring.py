"""Mail that a provider posts: kept raw and once, if it is the provider's; then read like any other."""

import json
import threading
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from tests.people import People

from sonnim.channels import inbound
from sonnim.channels.adapter import Arrived, Quarantine
from sonnim.channels.kinds.postbox.hooks import signatures, views
from sonnim.channels.kinds.postbox.parsing import letter_of
from sonnim.channels.kinds.postbox.tests import provided
from sonnim.channels.kinds.postbox.tests.provided import RAW, Form, mailbox_of, post
from sonnim.channels.models import Inbound
from sonnim.kernel.http import Answer, Unreachable
from sonnim.letters.letter import Letter

KEYS = {"mailgun": provided.MAILGUN_KEY}
MAILS: dict[str, Any] = {
    "postmark": provided.postmark,
    "mailgun": provided.mailgun,
    "sendgrid": provided.sendgrid,
    "amazon_ses": lambda: provided.amazon(provided.amazon_mail()),
}
HEADERS = [
    ["From", "김하늘 <haneul@mail.example>"],
    ["To", "help@ongi.example"],
    ["Subject", "달항아리 배송 문의"],
    ["Message-ID", "<one@mail.example>"],
]
PARSED: dict[str, Any] = {
    "postmark": lambda: {
        **provided.postmark(""),
        "RawEmail": None,
        "Headers": [{"Name": name, "Value": value} for name, value in HEADERS if name == "Message-ID"],
        "ToFull": [{"Email": "help@ongi.example", "Name": ""}],
        "Subject": "달항아리 배송 문의",
        "TextBody": "달항아리는 언제 오나요?",
        "Attachments": [{"Name": "a.png", "ContentType": "image/png", "Content": "AAEC"}],
    },
    "mailgun": lambda: Form(
        {
            "recipient": "help@ongi.example",
            "sender": "haneul@mail.example",
            "message-headers": json.dumps(HEADERS),
            "body-plain": "달항아리는 언제 오나요?",
            "attachment-count": "1",
            "attachment-1": ("a.png", "image/png", b"\0\1\2"),
            **provided.mailgun_signature(),
        }
    ),
    "sendgrid": lambda: Form(
        {
            "headers": "".join(f"{name}: {value}\n" for name, value in HEADERS),
            "text": "달항아리는 언제 오나요?",
            "charsets": json.dumps({"text": "UTF-8"}),
            "envelope": json.dumps({"from": "haneul@mail.example", "to": ["help@ongi.example"]}),
            "attachment-info": json.dumps({"attachment1": {"filename": "a.png", "type": "image/png"}}),
            "attachment1": ("a.png", "image/png", b"\0\1\2"),
        }
    ),
}


@pytest.fixture(autouse=True)
def certificate(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Amazon's servers, as far as we ask them; answers what was asked."""
    asked: list[str] = []

    def answer(url: str, **_: Any) -> Answer:
        asked.append(url)
        return Answer(url, 200, {}, provided.certificate())

    signatures._certificate.cache_clear()
    monkeypatch.setattr(signatures, "fetch", answer)
    monkeypatch.setattr(views, "fetch", answer)
    return asked


def kept() -> Arrived:
    [row] = Inbound.objects.all()
    with default_storage.open(row.file) as file:
        raw = file.read()
    return Arrived(row.pk, row.shop_id, row.kind, row.source_id, row.key, raw, attempt=1, meta=row.meta)


def check(letter: Letter) -> None:
    assert letter.sender.address == "haneul@mail.example"
    assert letter.subject == "달항아리 배송 문의"
    assert letter.reply == "달항아리는 언제 오나요?"
    assert letter.message_id == "<one@mail.example>"


@pytest.mark.parametrize("provider", MAILS)
def test_a_mail_that_was_passed_on_as_it_came_is_read(people: People, provider: str) -> None:
    mailbox = mailbox_of(people, provider, provider_secret=KEYS.get(provider, ""))
    assert post(mailbox, MAILS[provider](), **sns(provider)) == 200
    check(letter_of(kept()))
    assert kept().source_id == mailbox.pk


@pytest.mark.parametrize("provider", PARSED)
def test_a_mail_that_the_provider_took_apart_is_put_together(people: People, provider: str) -> None:
    mailbox = mailbox_of(people, provider, provider_secret=KEYS.get(provider, ""))
    assert post(mailbox, PARSED[provider]()) == 200
    letter = letter_of(kept())
    check(letter)
    assert [(file.filename, file.content) for file in letter.files] == [("a.png", b"\0\1\2")]


def sns(provider: str) -> dict[str, str]:
    return {"x-amz-sns-message-type": "Notification"} if provider == "amazon_ses" else {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("provider", MAILS)
def test_fifty_times_at_once_are_one(people: People, provider: str) -> None:
    """F11."""
    mailbox = mailbox_of(people, provider, provider_secret=KEYS.get(provider, ""))
    content, statuses = MAILS[provider](), list[int]()

    def bring() -> None:
        statuses.extend(post(mailbox, content) for _ in range(10))
        connection.close()

    threads = [threading.Thread(target=bring) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 50
    assert Inbound.objects.count() == 1


def test_another_attempt_of_mailgun_with_another_signature_is_the_same_mail(people: People) -> None:
    mailbox = mailbox_of(people, "mailgun", provider_secret=provided.MAILGUN_KEY)
    assert [post(mailbox, provided.mailgun()) for _ in range(2)] == [200, 200]
    assert post(mailbox, provided.mailgun(RAW.replace("언제", "어디"))) == 200
    assert Inbound.objects.count() == 2


def test_a_mail_that_waited_out_an_hour_of_our_absence_is_taken_and_one_of_yesterday_is_not(people: People) -> None:
    mailbox = mailbox_of(people, "mailgun", provider_secret=provided.MAILGUN_KEY)
    assert post(mailbox, provided.mailgun(age_s=3600)) == 200
    assert post(mailbox, provided.mailgun("Subject: other\r\n\r\nx", age_s=24 * 3600)) == 401
    assert Inbound.objects.count() == 1


WRONG: dict[str, tuple[str, Any]] = {
    "an unsigned mail of Mailgun": ("mailgun", lambda: Form({"body-mime": RAW})),
    "a wrong key of Mailgun": ("mailgun", lambda: provided.mailgun(key="another")),
    "an empty key of Mailgun": ("mailgun", lambda: provided.mailgun(key="")),
    "an unsigned notification": ("amazon_ses", lambda: {**provided.amazon(provided.amazon_mail()), "Signature": ""}),
    "a notification that was changed": (
        "amazon_ses",
        lambda: provided.amazon(
            provided.amazon_mail(), Message=json.dumps(provided.amazon_mail("Subject: x\r\n\r\nx"))
        ),
    ),
    "a certificate from elsewhere": (
        "amazon_ses",
        lambda: provided.amazon(provided.amazon_mail(), SigningCertURL="https://sns.evil.example/x.pem"),
    ),
    "a certificate of a look-alike": (
        "amazon_ses",
        lambda: provided.amazon(
            provided.amazon_mail(), SigningCertURL="https://sns.us-east-1.amazonaws.com.evil.example/x.pem"
        ),
    ),
    "no JSON for Amazon": ("amazon_ses", lambda: "nothing"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_signed_is_refused_and_not_kept(people: People, name: str) -> None:
    provider, content = WRONG[name]
    mailbox = mailbox_of(people, provider, provider_secret=KEYS.get(provider, ""))
    assert post(mailbox, content()) == 401
    assert not Inbound.objects.exists()


@pytest.mark.parametrize("secret", ["wrong", "0", "true", ""])
def test_without_the_secret_part_of_the_address_nothing_is_kept(people: People, secret: str) -> None:
    mailbox = mailbox_of(people, "postmark")
    assert post(mailbox, provided.postmark(), secret=secret or "-") == 401
    type(mailbox).objects.update(hook="")
    assert post(mailbox, provided.postmark(), secret=secret or "-") == 401
    assert not Inbound.objects.exists()


def test_the_address_of_one_provider_is_none_of_another(people: People) -> None:
    mailbox = mailbox_of(people, "mailgun", provider_secret=provided.MAILGUN_KEY)
    assert post(mailbox, provided.postmark(), provider="postmark") == 401
    mailbox.active = False
    mailbox.save()
    assert post(mailbox, provided.mailgun()) == 401
    assert not Inbound.objects.exists()


def test_a_mail_far_larger_than_a_form_usually_is_comes_whole(people: People) -> None:
    mailbox = mailbox_of(people, "mailgun", provider_secret=provided.MAILGUN_KEY)
    assert post(mailbox, provided.mailgun(RAW + "x" * 25 * 1024 * 1024)) == 200
    assert len(kept().raw) > 25 * 1024 * 1024
    assert post(mailbox, provided.mailgun(RAW + "x" * 46 * 1024 * 1024)) == 413


def test_what_a_provider_has_changed_is_kept_and_set_aside(people: People) -> None:
    mailbox = mailbox_of(people, "postmark")
    assert post(mailbox, {"MessageID": "x", "Surprise": True}) == 200
    assert post(mailbox, "{") == 200
    for row in Inbound.objects.all():
        meta, raw = row.meta, b"{}"
        with pytest.raises(Quarantine):
            letter_of(Arrived(row.pk, row.shop_id, row.kind, row.source_id, row.key, raw, attempt=1, meta=meta))


def test_a_subject_that_is_made_to_stop_a_parser_stops_none(people: People) -> None:
    """A10."""
    mailbox = mailbox_of(people, "postmark")
    hostile = {**PARSED["postmark"](), "Subject": "=?utf-8?q?a?= " * 20_000}
    assert post(mailbox, json.dumps(hostile)) == 200
    with pytest.raises(Quarantine):
        letter_of(kept())


def test_the_envelope_of_a_mail_stands_before_it(people: People) -> None:
    mailbox = mailbox_of(people, "sendgrid")
    envelope = json.dumps({"from": "a@x.example>\r\nBcc: b@x.example", "to": ["help+c1.2.mark@ongi.example"]})
    assert post(mailbox, Form({"email": RAW, "envelope": envelope})) == 200
    letter = letter_of(kept())
    check(letter)
    assert letter.fields["delivered-to"] == ["help+c1.2.mark@ongi.example"] and "bcc" not in letter.fields


def test_a_subscription_is_confirmed_at_amazons_own_address_alone(people: People, certificate: list[str]) -> None:
    mailbox = mailbox_of(people, "amazon_ses")
    asked = provided.amazon("You have chosen to subscribe", kind="SubscriptionConfirmation")
    assert post(mailbox, {**asked, "SubscribeURL": "https://169.254.169.254/"}) == 401
    assert certificate == [provided.CERTIFICATE_URL]
    assert post(mailbox, asked) == 200
    assert certificate[-1] == asked["SubscribeURL"]
    assert not Inbound.objects.exists()


@pytest.mark.parametrize(("error", "status"), [(OSError("the disk is full"), 500), (Unreachable("away"), 503)])
def test_when_something_goes_wrong_the_secret_of_the_address_is_not_written_down(
    people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception, status: int
) -> None:
    mailbox = mailbox_of(people, "postmark")

    def fails(**_: object) -> None:
        raise error

    monkeypatch.setattr(inbound, "store", fails)
    assert post(mailbox, provided.postmark()) == status
    assert provided.SECRET not in caplog.text
