"""The mails themselves: what a shopper missed, and what waits for an agent."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from sonnim.channels.kinds.postbox import markup
from sonnim.conversations import rich
from sonnim.conversations.models import Entry
from sonnim.kernel.text import pick_locale

MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Page:
    """A mail's body, in both of its forms."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that somebody said: by whom, when, and what."""

    who: str
    entry: Entry


def said(key: str, *, locale: str, **values: object) -> str:
    """A text of these mails; line ends in the values become blanks."""
    plain = {name: " ".join(str(value).split()) for name, value in values.items()}
    return texts_in(locale)[key].format(**plain)


def texts_in(locale: str) -> dict[str, str]:
    """All texts in a language."""
    return _texts()[pick_locale(locale)]


def follow_up(
    lines: Iterable[Said],
    *,
    shop: str,
    locale: str,
    zone: tzinfo,
    answers: bool,
    back: str,
    stop: str,
    imprint: str = "",
) -> Page:
    """What a shopper missed.

    Args:
        answers: whether an answer to the mail arrives anywhere.
        back: where the chat goes on; empty when that is not known.
        stop: where one says that one wants no more of these.
        imprint: who answers for the shop; empty when it has not told.
    """
    words = texts_in(locale)
    body: list[rich.Block] = [_plain(said("intro", locale=locale, shop=shop)), _GAP]
    for line in lines:
        body += [*_spoken(line, locale=locale, zone=zone), _GAP]
    if answers:
        body.append(_plain(words["answer"]))
    if back:
        body.append(_link(words["back"], back))
    body += [_GAP, _plain(said("why", locale=locale, shop=shop)), _link(words["stop"], stop)]
    if imprint:
        body += [_GAP, _plain(imprint)]
    return _page(body, locale)


def desk_mail(
    lines: Iterable[Said], *, contact: str, locale: str, zone: tzinfo, answers: bool, link: str, shows: bool
) -> Page:
    """What waits for an agent.

    Args:
        answers: whether an answer to the mail is posted.
        shows: whether the agent wants to see the wording outside the console.
    """
    words = texts_in(locale)
    body: list[rich.Block] = [_plain(said("desk_intro", locale=locale, contact=contact)), _GAP]
    if shows:
        for line in lines:
            body += [*_spoken(line, locale=locale, zone=zone), _GAP]
    else:
        body += [_plain(words["desk_hidden"]), _GAP]
    if answers:
        body.append(_plain(said("desk_answer", locale=locale, contact=contact)))
    body += [_link(words["desk_open"], link), _GAP, _plain(words["desk_why"])]
    return _page(body, locale)


def zone_of(*names: str) -> tzinfo:
    """The first of these zones that this machine knows."""
    for name in names:
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


_GAP = rich.Paragraph()


def _plain(text: str) -> rich.Paragraph:
    return rich.Paragraph((rich.Text(text),))


def _link(text: str, address: str) -> rich.Paragraph:
    return rich.Paragraph((rich.Text(text, link=address),))


def _spoken(line: Said, *, locale: str, zone: tzinfo) -> list[rich.Block]:
    entry = line.entry
    head = rich.Paragraph((rich.Text(f"{line.who} · {entry.at.astimezone(zone):%H:%M}", bold=True),))
    document = markup.document_of(entry.text[:MAX_TEXT], msgspec.json.decode(entry.data)) if entry.text else ()
    files = [_plain(said("file", locale=locale, name=file["name"])) for file in msgspec.json.decode(entry.attachments)]
    return [head, *document, *files]


def _page(body: list[rich.Block], locale: str) -> Page:
    document = tuple(body)
    return Page(rich.plain(document), markup.as_html(document, locale=pick_locale(locale)))


@cache
def _texts() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return loaded
