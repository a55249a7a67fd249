"""Scripts as clients see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NotRequired, cast

from typing_extensions import TypedDict

from sonnim.plan.models import CannedResponse, ScriptUse, ScriptVariant

Stage = Literal["", "welcome", "understanding", "advice", "negotiation", "payment", "after_sales", "farewell"]


class CannedText(TypedDict):
    """What is said; `rich` where the plain text does not say it all."""

    text: str
    rich: NotRequired[list[dict[str, Any]]]


class VariantObject(CannedText):
    """One way of saying it: in how many conversations it was sent, and in how many of these the shopper answered,
    it was settled, and the shopper said that it was solved, or was not.
    """

    id: int
    used: int
    answered: int
    resolved: int
    solved: int
    unsolved: int


class CannedObject(TypedDict):
    """A script; `texts` by locale, in variants; the days of its period by the shop's calendar."""

    id: int
    v: int
    shortcut: str
    title: str
    stage: Stage
    texts: dict[str, list[VariantObject]]
    automatic: bool
    active_from: str | None
    active_until: str | None
    team_id: int | None
    used: int


class SaidObject(TypedDict):
    """That a shopper has read a variant."""

    variant_id: int
    conversation_id: int | None
    at: datetime


class ScriptCard(TypedDict):
    """A script as it is carried from one shop to another: a team by its name, no counts."""

    shortcut: str
    title: str
    stage: Stage
    automatic: bool
    active_from: str | None
    active_until: str | None
    team: str | None
    texts: dict[str, list[CannedText]]


def canned_object(canned: CannedResponse, variants: Sequence[ScriptVariant] | None = None) -> CannedObject:
    """A script for agents; reads its variants unless they are given, in order."""
    texts: dict[str, list[VariantObject]] = {}
    for variant in sorted(canned.variants.all(), key=_place) if variants is None else variants:
        texts.setdefault(variant.locale, []).append(_variant_object(variant))
    return CannedObject(
        id=canned.pk,
        v=canned.v,
        shortcut=canned.shortcut,
        title=canned.title,
        stage=cast(Stage, canned.stage),
        texts=texts,
        automatic=canned.automatic,
        active_from=canned.active_from.isoformat() if canned.active_from else None,
        active_until=canned.active_until.isoformat() if canned.active_until else None,
        team_id=canned.team_id,
        used=canned.used,
    )


def _place(variant: ScriptVariant) -> tuple[int, int]:
    return variant.position, variant.pk


def _variant_object(variant: ScriptVariant) -> VariantObject:
    made = VariantObject(
        id=variant.pk,
        text=variant.text,
        used=variant.used,
        answered=variant.answered,
        resolved=variant.resolved,
        solved=variant.solved,
        unsolved=variant.unsolved,
    )
    if variant.rich:
        made["rich"] = variant.rich
    return made


def said_object(use: ScriptUse) -> SaidObject:
    """A use for the composer."""
    return SaidObject(variant_id=use.variant_id, conversation_id=use.conversation_id, at=use.at)


def script_card(canned: CannedResponse, *, teams: dict[int, str]) -> ScriptCard:
    """A script to be carried away; reads its variants."""
    of = canned_object(canned)
    texts = {locale: [_text(each) for each in variants] for locale, variants in of["texts"].items()}
    return ScriptCard(
        shortcut=of["shortcut"],
        title=of["title"],
        stage=of["stage"],
        automatic=of["automatic"],
        active_from=of["active_from"],
        active_until=of["active_until"],
        team=teams.get(canned.team_id) if canned.team_id else None,
        texts=texts,
    )


def _text(variant: VariantObject) -> CannedText:
    said = CannedText(text=variant["text"])
    if "rich" in variant:
        said["rich"] = variant["rich"]
    return said
