"""A conversation on paper: what was said between the shopper and the desk, as text or as a page of its own."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from sonnim.accounts.imprint import imprint
from sonnim.accounts.models import Agent, Shop
from sonnim.contacts.models import Contact
from sonnim.conversations.talks import Talk, talk_entries, talk_of

MAX_ENTRIES = 5_000
_PAGE = (
    "<!doctype html><html lang={lang}><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<title>{title}</title><style>:root{{color-scheme:light dark}}body{{font:16px/1.6 system-ui,sans-serif;"
    "max-width:40rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}}h1{{font-size:1.3rem}}h2{{font-size:1rem;"
    "margin:2rem 0 .5rem}}p{{white-space:pre-wrap;margin:0 0 .75rem}}time{{opacity:.75}}</style>"
    "<h1>{title}</h1>{body}{foot}</html>"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation's public lines in their order, in one language and one time zone."""

    title: str
    locale: str
    lines: tuple[Line, ...]
    foot: str = ""

    def as_text(self) -> str:
        """Plain text, a paragraph for each line, a heading for each day."""
        parts = [self.title]
        for day, lines in self._days():
            parts += [f"— {day} —", *(f"[{line.at:%H:%M}] {line.who}\n{line.text}" for line in lines)]
        return "\n\n".join([*parts, *([f"—\n{self.foot}"] if self.foot else [])]) + "\n"

    def as_html(self) -> str:
        """A page that needs nothing from anywhere and runs nothing."""
        body = []
        for day, lines in self._days():
            body.append(f"<h2>{escape(day)}</h2>")
            body += [
                f"<p><time>{line.at:%H:%M}</time> <b><bdi>{escape(line.who)}</bdi></b>\n{escape(line.text)}</p>"
                for line in lines
            ]
        foot = f"<hr><p><small>{escape(self.foot)}</small></p>" if self.foot else ""
        return _PAGE.format(lang=self.locale, title=escape(self.title), body="".join(body), foot=foot)

    def _days(self) -> Iterable[tuple[str, list[Line]]]:
        days: dict[str, list[Line]] = {}
        for line in self.lines:
            days.setdefault(f"{line.at:%Y-%m-%d}", []).append(line)
        return days.items()


def transcript_of(*, shop: Shop, contact: Contact, talk: Talk, locale: str, timezone: str = "") -> Transcript:
    """What this shopper may read of a talk; its newest MAX_ENTRIES entries."""
    words = _texts()["words"][locale]
    entries = _entries(talk.ids)
    agents = {entry["author"]["id"] for entry in entries if entry["author"]["kind"] == "agent"}
    names = dict(Agent.objects.filter(pk__in=agents).values_list("pk", "name"))
    zone = _zone(timezone or shop.timezone)
    lines = []
    for entry in entries:
        author = entry["author"]
        who = contact.name or words["you"] if author["kind"] == "contact" else names.get(author["id"], shop.name)
        text = _said(entry, words)
        if text:
            lines.append(Line(entry["at"].astimezone(zone), who, text))
    return Transcript(words["title"].format(shop=shop.name), locale, tuple(lines), imprint(shop.business, locale))


def deliver_transcript(payload: dict[str, Any]) -> None:
    """The outbox's handler for `transcript`: to the address that the contact has left, as it is now."""
    shop = Shop.objects.get(pk=payload["shop_id"])
    contact = Contact.objects.get(pk=payload["contact_id"], shop=shop)
    if not contact.email or contact.blocked:
        return
    locale = payload["locale"]
    talk = talk_of(shop_id=shop.pk, contact_id=contact.pk)
    if talk is None:
        return
    paper = transcript_of(shop=shop, contact=contact, talk=talk, locale=locale, timezone=payload["timezone"])
    words = _texts()["mail"][locale]
    subject = words["subject"].format(shop=" ".join(shop.name.split()))
    mail = EmailMultiAlternatives(
        subject, f"{paper.as_text()}\n{words['foot']}\n", settings.DEFAULT_FROM_EMAIL, [contact.email],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )  # fmt: skip
    mail.attach_alternative(paper.as_html(), "text/html")
    mail.send()


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # what a browser names may be unknown here, or no name at all
        return ZoneInfo("UTC")


def _entries(ids: list[int]) -> list[dict[str, Any]]:
    found, before = talk_entries(ids=ids, limit=100)
    while before is not None and len(found) < MAX_ENTRIES:
        older, before = talk_entries(ids=ids, before=before, limit=100)
        found = older + found
    return found


def _said(entry: dict[str, Any], words: dict[str, str]) -> str:
    if entry["hidden"]:
        return words["hidden"]
    if entry["kind"] != "message":
        return words.get(f"event.{_plain(entry['data']).get('what')}", "")
    files = [words["file"].format(name=file["name"]) for file in _plain(entry["attachments"])]
    return "\n".join([part for part in (entry["text"], *files) if part])


def _plain(value: Any) -> Any:
    return msgspec.json.decode(value) if isinstance(value, msgspec.Raw) else value


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    loaded: dict[str, dict[str, dict[str, str]]] = json.loads(
        Path(__file__).with_name("transcript.json").read_text(encoding="utf-8")
    )
    return loaded
