"""A mail as a person means it: who, what about, the new words, the files."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sonnim.letters.addresses import Address, address_list, first_address, is_robot
from sonnim.letters.bounces import Bounce, read_bounce
from sonnim.letters.charsets import decode
from sonnim.letters.headers import Head, split_head
from sonnim.letters.html import QUOTE, SIGNATURE, html_to_text
from sonnim.letters.limits import MAX_BYTES, MAX_TEXT, Unreadable
from sonnim.letters.mime import Part, walk
from sonnim.letters.reply import split_reply

_MESSAGE_ID = re.compile(r"<[^<>\s]{1,400}>")


@dataclass(frozen=True, slots=True)
class File:
    """An attachment; `content` is what was sent, without its transfer encoding."""

    filename: str
    type: str
    content: bytes
    content_id: str = ""

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that was read. Times are aware UTC; `date` is what the sender's clock said, None when it said nothing.

    `fields` are those of FIELDS that it has, topmost first: what servers wrote on its way. `hops` counts the servers.
    """

    sender: Address
    to: list[Address]
    cc: list[Address]
    reply_to: list[Address]
    subject: str
    date: datetime | None
    message_id: str
    in_reply_to: list[str]
    references: list[str]
    text: str
    html: str
    reply: str
    quoted: str
    files: list[File] = field(default_factory=list)
    automatic: bool = False
    bounce: Bounce | None = None
    fields: dict[str, list[str]] = field(default_factory=dict)
    hops: int = 0


def read(raw: bytes) -> Letter:
    """Read a mail.

    Raises:
        Unreadable: it is larger, deeper or stranger than mails are.
    """
    if len(raw) > MAX_BYTES:
        raise Unreadable("It is larger than 30 MB.")
    head, body = split_head(raw)
    if not head.fields:
        raise Unreadable("It has no header: this is not a mail.")
    parts = walk(head, body)
    texts, html, files = _sorted(parts)
    text = "\n\n".join(texts).strip() or html_to_text(html[:MAX_TEXT])
    found = split_reply(text)
    sender = _sender(head)
    subject = head.text("subject")
    bounce = read_bounce(head, parts, sender=f"{sender.name} {sender.address} {head.plain('from')}", subject=subject)
    return Letter(
        sender=sender,
        to=_addresses(head, "to"),
        cc=_addresses(head, "cc"),
        reply_to=_addresses(head, "reply-to"),
        subject=subject,
        date=_date(head.plain("date")),
        message_id=_message_id(head.plain("message-id")),
        in_reply_to=_MESSAGE_ID.findall(head.plain("in-reply-to"))[:20],
        references=_MESSAGE_ID.findall(head.plain("references"))[-100:],
        text=_plain(text),
        html=html,
        reply=found.reply,
        quoted=found.quoted,
        files=files,
        automatic=bounce is not None or is_automatic(head, sender.address),
        bounce=bounce,
        fields=_told(head),
        hops=len(head.all("received")),
    )


FIELDS = frozenset({
    "authentication-results", "auto-submitted", "content-type", "delivered-to", "envelope-to", "list-id",
    "list-unsubscribe", "precedence", "return-path", "x-auto-reply-from", "x-auto-response-suppress", "x-autoreply",
    "x-autorespond", "x-autoresponse", "x-forefront-antispam-report", "x-mail-autoreply", "x-mailgun-sflag",
    "x-original-to", "x-ses-spam-verdict", "x-ses-virus-verdict", "x-spam", "x-spam-flag", "x-spam-status",
})  # fmt: skip
_FIELDS_EACH, _FIELD_LENGTH = 10, 2_000


def _told(head: Head) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in head.fields:
        if each.name in FIELDS and len(kept := found.setdefault(each.name, [])) < _FIELDS_EACH:
            kept.append(decode(each.raw[:_FIELD_LENGTH]).strip())
    return found


def is_automatic(head: Head, sender: str) -> bool:
    """Whether a machine sent it, so that no machine of ours may answer (RFC 3834, and habits older than it)."""
    auto = head.plain("auto-submitted").split(";")[0].strip().lower()
    if auto and auto != "no":
        return True
    if head.plain("return-path") == "<>" or any(name.startswith("list-") for name in _names(head)):
        return True
    if head.plain("precedence").lower() in {"bulk", "junk", "list", "auto_reply", "auto-reply"}:
        return True
    if any(
        name in head
        for name in ("x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply-from", "x-mail-autoreply")
    ):
        return True
    if head.plain("x-auto-response-suppress").lower() in {"all", "dr, rn, nrn, oof, autoreply"}:
        return True
    kind = head.plain("content-type").lower()
    return kind.startswith("multipart/report") or is_robot(sender)


def _names(head: Head) -> set[str]:
    return {each.name for each in head.fields}


def _sender(head: Head) -> Address:
    """Who wrote: From. Two From fields name nobody with certainty, unless they agree."""
    found = [first_address(raw) for raw in head.all("from") if raw.strip()]
    if len({each.address.lower() for each in found if each.address}) > 1:
        return Address(found[0].name, "")
    for each in found:
        if each.address:
            return each
    if found and found[0].name:
        return found[0]
    for name in ("sender", "return-path"):
        other = first_address(head.raw(name))
        if other.address and "from" not in head:
            return other
    return found[0] if found else Address("", "")


def _addresses(head: Head, name: str) -> list[Address]:
    return [each for raw in head.all(name) for each in address_list(raw) if each.address]


def _message_id(text: str) -> str:
    found = _MESSAGE_ID.search(text)
    return found[0] if found is not None else ""


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(re.sub(r"\([^()]*\)", "", text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _sorted(parts: list[Part]) -> tuple[list[str], str, list[File]]:
    """Texts to read, the HTML to show, and files."""
    texts, html, files = list[str](), list[str](), list[File]()
    for part in parts:
        attached = part.disposition == "attachment" or (bool(part.filename) and part.disposition != "inline")
        if part.type in {"text/plain", "text/html", "text"} and not attached and not _is_named_text(part):
            text = part.text()
            (html if part.type == "text/html" else texts).append(text)
        elif part.type not in {"message/delivery-status", "message/feedback-report", "text/rfc822-headers"}:
            files.append(_file(part, len(files) + 1))
    shown = [text for text in texts if text.strip()]
    if (
        html
        and len(shown) > 1
        and all(part.container == "multipart/alternative" for part in parts if part.type == "text/plain")
    ):
        shown = shown[:1]
    return shown, "\n".join(html), files


def _is_named_text(part: Part) -> bool:
    return (
        bool(part.filename)
        and part.container == "multipart/mixed"
        and part.siblings > 1
        and part.disposition != "inline"
    )


_EXTENSION = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "application/pdf": "pdf",
    "text/calendar": "ics",
}


def _file(part: Part, n: int) -> File:
    name = part.filename
    if not name:
        ending = "eml" if part.type.startswith("message/") else _EXTENSION.get(part.type, "bin")
        name = f"attachment-{n}.{ending}"
    return File(
        name[:255], part.type or "application/octet-stream", part.content(), part.head.plain("content-id").strip("<> ")
    )


def _plain(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line not in (QUOTE, SIGNATURE)).strip()
