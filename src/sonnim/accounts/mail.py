"""Mails about accounts: queued as (kind, address, language, link), worded when they are sent."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from sonnim.eventlog.log import Unit
from sonnim.kernel import secrets
from sonnim.kernel.text import pick_locale

OUTBOX_KIND = "mail"
UNSENT = "unsent"
KIND_OF_TEMPLATE = {
    "account/email/password_reset_key": "reset",
    "account/email/unknown_account": UNSENT,
    "account/email/password_changed": "password_changed",
    "account/email/password_reset": "password_changed",
    "mfa/email/totp_activated": "second_factor_changed",
    "mfa/email/totp_deactivated": "second_factor_changed",
    "mfa/email/webauthn_added": "second_factor_changed",
    "mfa/email/webauthn_removed": "second_factor_changed",
    "mfa/email/recovery_codes_generated": "second_factor_changed",
}
"""allauth's template → our text; what is missing here is not sent."""


def can_send() -> bool:
    """Whether a mail server is configured."""
    return bool(settings.EMAIL_HOST)


def enqueue(
    work: Unit, kind: str, *, to: str, locale: str, link: str = "", shop_id: int | None = None, **words: str
) -> None:
    """Have a mail sent after the commit, if a mail server is configured; else nothing could ever send it.

    Args:
        kind: an entry of accounts/mail.json.
        words: what its text needs, beside `link`.
    """
    if can_send():
        # A link is a key until it is used, so a reader of the database must not find it in the outbox.
        sealed = secrets.seal(json.dumps({"link": link, **words}), secret_key=settings.SECRET_KEY)
        payload = {"kind": kind, "to": to, "locale": pick_locale(locale), "sealed": sealed}
        work.enqueue(OUTBOX_KIND, payload, shop_id=shop_id)


def deliver_mail(payload: dict[str, Any]) -> None:
    """The outbox's handler for `mail`. Raises what the mail server raises, so that the outbox tries again."""
    if payload["kind"] == UNSENT:
        return
    words = json.loads(secrets.unseal(payload["sealed"], secret_key=settings.SECRET_KEY))
    subject, body = worded(payload["kind"], payload["locale"], words)
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [payload["to"]]).send()


def worded(kind: str, locale: str, words: dict[str, str]) -> tuple[str, str]:
    """Subject and body of a mail. Words may come from people, so line breaks in them become spaces."""
    text = _texts()[kind][locale]
    plain = {name: " ".join(str(value).split()) for name, value in words.items()}
    return text["subject"].format(**plain), "\n".join(text["body"]).format(**plain)


@cache
def _texts() -> dict[str, dict[str, dict[str, Any]]]:
    loaded: dict[str, dict[str, dict[str, Any]]] = json.loads(
        Path(__file__).with_name("mail.json").read_text(encoding="utf-8")
    )
    return loaded
