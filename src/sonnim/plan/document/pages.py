"""The plan on paper, drawn on the server: one page without scripts that prints well."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from sonnim.accounts.models import Shop
from sonnim.plan.document.completeness import open_questions, whole
from sonnim.plan.document.parts import Said
from sonnim.plan.document.queries import NOTHING
from sonnim.plan.document.schema import SECTIONS, PlanDocument
from sonnim.plan.document.wording import Names, Teller
from sonnim.plan.models import PlanVersion

_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_TAGS = {"ko": "ko", "zh": "zh-CN", "en": "en"}
_HEADING = frozenset({"id", "title", "question", "channel"})
_SPOKEN = frozenset({"sentence", "promise"})


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a row; of what shoppers are told each language has its own text."""

    label: str
    text: str = ""
    said: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Card:
    """A row with what it says."""

    name: str
    lines: list[Line]
    steps: bool = False


def drawn(shop: Shop, version: PlanVersion | None, names: Names, *, locale: str) -> str:
    """A version in one language, with the questions that it leaves open."""
    document = PlanDocument.model_validate(version.document) if version else NOTHING
    teller = Teller(locale, names, (document,))
    context = {
        "tag": _TAGS[locale],
        "style": mark_safe(_STYLE),  # noqa: S308  our own file, and </ does not occur in it
        "title": teller.word("page.title"),
        "shop": shop.name,
        "about": _about(version, shop, teller),
        "complete": teller.word("page.complete", percent=whole(document).percent),
        "languages": _languages(document, teller) if version else "",
        "sections": [
            (teller.word(f"section.{section}"), [_card(section, row, teller) for row in getattr(document, section)])
            for section in SECTIONS
        ],
        "empty": teller.word("page.empty"),
        "open_title": teller.word("page.open"),
        "open": _open(document, teller) if version else [],
    }
    return render_to_string("plan/page.html", context)


def _about(version: PlanVersion | None, shop: Shop, teller: Teller) -> str:
    if version is None:
        return teller.word("page.none")
    at = version.at.astimezone(ZoneInfo(shop.timezone))
    author = version.author.name if version.author else "–"
    return teller.word("page.version", n=version.n, at=f"{at:%Y-%m-%d %H:%M}", author=author)


def _languages(document: PlanDocument, teller: Teller) -> str:
    spoken = teller.value("languages", document.languages)
    return teller.word("page.open.row", row=teller.label("languages"), field=spoken)


def _card(section: str, row: Any, teller: Teller) -> Card:
    lines = []
    for name in type(row).model_fields:
        if name in _HEADING:
            continue
        value = getattr(row, name)
        line = _line(name, value, teller)
        if line and not (isinstance(value, bool) and name == "needed"):
            lines.append(line)
    return Card(teller.row(row), lines, steps=section in {"claims", "ladder"})


def _line(name: str, value: Any, teller: Teller) -> Line | None:
    if value is False:
        return None
    if name == "calendar_id" and value is None:
        return Line(teller.label(name), teller.word("value.standard"))
    if isinstance(value, Said) and name in _SPOKEN:
        said = _spoken(value)
        return Line(teller.label(name), said=said) if said else None
    if name == "limits":
        return Line(teller.label(name), said=[("", teller.limit(each)) for each in value]) if value else None
    text = teller.value(name, value)
    return Line(teller.label(name), text) if text else None


def _spoken(value: Said) -> list[tuple[str, str]]:
    return [(_TAGS[locale], getattr(value, locale)) for locale in _TAGS if getattr(value, locale).strip()]


def _open(document: PlanDocument, teller: Teller) -> Sequence[tuple[str, list[str]]]:
    """Section → its open questions."""
    found: dict[str, list[str]] = {}
    for each in open_questions(document):
        lines = found.setdefault(teller.word(f"section.{each.section}"), [])
        if each.row:
            row = next(row for row in getattr(document, each.section) if row.id == each.row)
            lines.append(teller.word("page.open.row", row=teller.row(row), field=teller.label(each.field)))
        else:
            lines.append(teller.word("page.empty"))
    return list(found.items())
