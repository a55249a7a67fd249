"""The mail in what a provider posted. Best is one that was passed on as it came; else it is put together again."""

import base64
import io
import json
from collections.abc import Callable
from email.message import Message
from email.policy import SMTPUTF8
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sonnim.channels.adapter import Quarantine
from sonnim.channels.kinds.postbox.hooks.posted import Posted
from sonnim.letters.headers import split_head
from sonnim.letters.limits import Unreadable


def mail_of(posted: Posted) -> bytes:
    """The mail, with what the provider knows of its envelope before it.

    Raises:
        Quarantine: there is none in it.
    """
    try:
        return _UNWRAP[posted.provider](posted)
    except Quarantine:
        raise
    except Unreadable as error:
        raise Quarantine(str(error)) from error
    except Exception as error:  # whatever a provider has changed in its form
        raise Quarantine(f"What the provider brought cannot be read: {type(error).__name__}: {error}") from error


def _postmark(posted: Posted) -> bytes:
    found = posted.json
    first = (found.get("Headers") or [{}])[0]
    sender = str(first.get("Value", "")) if str(first.get("Name", "")).lower() == "return-path" else None
    recipient = str(found.get("OriginalRecipient", ""))
    if found.get("RawEmail"):
        return _addressed(str(found["RawEmail"]).encode("utf-8", "surrogateescape"), sender, recipient)
    found = {name: value for name, value in found.items() if value is not None}
    if "FromFull" not in found:
        raise Quarantine("There is no mail in what the provider brought.")
    from anymail.webhooks.postmark import PostmarkInboundWebhookView

    heads = [(each["Name"], each["Value"]) for each in found.get("Headers") or ()]
    _check_heads([*heads, ("Subject", found.get("Subject", "")), ("To", found.get("To", ""))])
    view = PostmarkInboundWebhookView.__new__(PostmarkInboundWebhookView)
    return _addressed(_bytes(view.esp_to_anymail_event(found).message), sender, recipient)


def _mailgun(posted: Posted) -> bytes:
    sender, recipient = posted.fields.get("sender"), posted.fields.get("recipient", "")
    if "body-mime" in posted.raw_fields:
        return _addressed(posted.raw_fields["body-mime"], sender, recipient)
    if "message-headers" not in posted.fields:
        raise Quarantine("There is no mail in what the provider brought.")
    from anymail.webhooks.mailgun import MailgunInboundWebhookView

    _check_heads([(str(name), str(value)) for name, value in json.loads(posted.fields["message-headers"])])
    view = MailgunInboundWebhookView.__new__(MailgunInboundWebhookView)
    return _addressed(_bytes(view.message_from_mailgun_parsed(_request(posted))), sender, recipient)


def _sendgrid(posted: Posted) -> bytes:
    envelope = json.loads(posted.fields.get("envelope") or "{}")
    sender, recipient = envelope.get("from"), ", ".join(envelope.get("to") or ())
    if "email" in posted.raw_fields:
        return _addressed(posted.raw_fields["email"], sender, recipient)
    if "headers" not in posted.fields:
        raise Quarantine("There is no mail in what the provider brought.")
    from anymail.webhooks.sendgrid import SendGridInboundWebhookView

    split_head(posted.raw_fields["headers"] + b"\r\n\r\n")
    view = SendGridInboundWebhookView.__new__(SendGridInboundWebhookView)
    return _addressed(_bytes(view.message_from_sendgrid_parsed(_request(posted))), sender, recipient)


def _amazon_ses(posted: Posted) -> bytes:
    found = json.loads(posted.json["Message"])
    receipt, mail = found.get("receipt") or {}, found.get("mail") or {}
    content = found.get("content")
    if not isinstance(content, str):
        raise Quarantine("Amazon SES has kept the mail elsewhere; let its rule publish to SNS, with the content.")
    encoded = (receipt.get("action") or {}).get("encoding") == "BASE64"
    raw = base64.b64decode(content) if encoded else content.encode("utf-8", "surrogateescape")
    return _addressed(raw, mail.get("source"), ", ".join(receipt.get("recipients") or ()))


_UNWRAP: dict[str, Callable[[Posted], bytes]] = {
    "postmark": _postmark,
    "mailgun": _mailgun,
    "sendgrid": _sendgrid,
    "amazon_ses": _amazon_ses,
}


def _check_heads(heads: list[tuple[str, Any]]) -> None:
    """What a careless decoder would choke on goes no further. Raises: Unreadable."""
    split_head("".join(f"{name}: {value}\r\n" for name, value in heads).encode() + b"\r\n")


def _addressed(raw: bytes, sender: str | None, recipient: str) -> bytes:
    """As a mail server writes it into a mail when it delivers it."""
    lines = []
    if sender is not None:
        lines.append(f"Return-Path: <{_plain(sender).strip('<>')}>")
    lines += [f"Delivered-To: {_plain(each)}" for each in recipient.split(",") if each.strip()]
    return "".join(f"{line}\r\n" for line in lines).encode() + raw


def _plain(text: str) -> str:
    return "".join(each for each in text if each.isprintable()).strip()[:300]


def _bytes(message: Message) -> bytes:
    return message.as_bytes(policy=SMTPUTF8)


def _request(posted: Posted) -> Any:
    """What anymail asks of a request."""
    files = {
        name: SimpleUploadedFile(file.name, file.content, content_type=file.type) for name, file in posted.files.items()
    }
    fields = _Fields(posted.fields)
    return SimpleNamespace(
        POST=fields, FILES=files, META={"CONTENT_TYPE": posted.content_type}, body=posted.body,
        read=io.BytesIO(posted.body).read,
    )  # fmt: skip


class _Fields(dict[str, str]):
    encoding = "utf-8"
