"""What the tests of scripts do again and again."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.people import People

from sonnim.plan.models import CannedResponse, ScriptVariant
from sonnim.plan.scripts import actions
from sonnim.plan.scripts.wanted import Text, Wanted


def script(texts: Mapping[str, Sequence[str]], **more: Any) -> Wanted:
    """A script of plain variants."""
    said = {locale: [Text(text) for text in variants] for locale, variants in texts.items()}
    return Wanted(**{"shortcut": "hello", "title": "Hello", "texts": said, **more})


def kept(people: People, texts: Mapping[str, Sequence[str]], **more: Any) -> CannedResponse:
    """One that the shop has."""
    return actions.create_canned_response(actor=people.actor(people.lead), wanted=script(texts, **more))


def variants_of(canned: CannedResponse, locale: str = "en") -> list[ScriptVariant]:
    return list(canned.variants.filter(locale=locale).order_by("position"))
