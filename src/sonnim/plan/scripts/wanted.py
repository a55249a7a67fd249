"""A script as somebody wants it, and as it may be kept."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from sonnim.conversations import rich
from sonnim.kernel.errors import Invalid
from sonnim.kernel.text import LOCALES, checked_text
from sonnim.plan.scripts import rules


class Text(msgspec.Struct, frozen=True):
    """One variant: `rich`, or `text` in its place; `id` where it is kept already."""

    text: str = ""
    rich: list[dict[str, Any]] | None = None
    id: int | None = None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A script; `texts` by locale, in variants."""

    shortcut: str
    title: str
    texts: dict[str, list[Text]]
    stage: str = ""
    automatic: bool = False
    active_from: date | None = None
    active_until: date | None = None
    team_id: int | None = None


class Checked(Wanted, frozen=True, kw_only=True):
    """One that may be kept: each text is the plain form of its document, which is left out where it says no more."""


def checked(wanted: Wanted) -> Checked:
    """A script as it is kept; variants that say nothing, or what another says already, are dropped.

    Raises:
        Invalid: no text, too many variants, an unknown variable or language, a period that ends before it begins, a
            greeting that the chat cannot say; see rules and conversations.rich.
    """
    rules.check_stage(wanted.stage)
    rules.check_period(wanted.active_from, wanted.active_until)
    if wanted.automatic:
        rules.check_greets(stage=wanted.stage, team_id=wanted.team_id)
    texts = {locale: _checked_texts(locale, given) for locale, given in wanted.texts.items()}
    kept = {locale: said for locale, said in texts.items() if said}
    if not kept:
        raise Invalid("Say something in one language at least.", fields={"texts": "empty"})
    if wanted.automatic:
        for said in kept.values():
            for each in said:
                rules.check_greeting(each.text, plain=each.rich is None)
    return Checked(
        shortcut=rules.check_shortcut(wanted.shortcut),
        title=_checked_title(wanted.title),
        texts=kept,
        stage=wanted.stage,
        automatic=wanted.automatic,
        active_from=wanted.active_from,
        active_until=wanted.active_until,
        team_id=wanted.team_id,
    )


def _checked_title(title: str) -> str:
    if not title.strip() or len(title) > 120:
        raise Invalid(fields={"title": "1 to 120 characters"})
    return checked_text(title.strip())


def _checked_texts(locale: str, given: Sequence[Text]) -> list[Text]:
    if locale not in LOCALES:
        raise Invalid(fields={"texts": "a language that is none of ours"})
    kept: dict[str, Text] = {}
    for each in given:
        document = rich.read(each.rich) if each.rich else rich.from_plain(each.text)
        text, tidy = rich.checked(document, may_be_empty=True)
        rules.check_variables(tidy or document)
        if text.strip():
            kept.setdefault(text.strip(), Text(text=text, rich=rich.as_json(tidy) if tidy else None, id=each.id))
    if len(kept) > rules.MAX_VARIANTS:
        raise Invalid(fields={"texts": f"at most {rules.MAX_VARIANTS} variants in a language"})
    return list(kept.values())
