"""Rules, macros and what rules did as clients see them."""

from datetime import datetime
from typing import Any, Literal

from typing_extensions import TypedDict

from sonnim.automation.models import Macro, Rule, Run


class IfObject(TypedDict):
    """Conditions: all of the first must hold and, where there are any of the second, one of those."""

    all: list[dict[str, Any]]
    any: list[dict[str, Any]]


WordingObject = TypedDict(
    "WordingObject",
    {"when": list[dict[str, Any]], "if": IfObject, "then": list[dict[str, Any]], "stop": bool},
)
"""What a rule says, see docs/automation.md."""


class RuleObject(TypedDict):
    """A rule; `acted` counts how often it did something."""

    id: int
    name: str
    position: int
    active: bool
    wording: WordingObject
    acted: int
    last_acted_at: datetime | None


class RunObject(TypedDict):
    """That a rule was set off: by what, what its conditions found, what it did.

    `lapsed`: its conditions held no longer when its turn came. `loop`: its own doing, or a third rule's, set it off.
    """

    id: int
    conversation_id: int
    contact_name: str
    event: str
    outcome: Literal["done", "failed", "lapsed", "loop"]
    found: list[dict[str, Any]]
    did: list[dict[str, Any]]
    at: datetime


class MacroObject(TypedDict):
    """Steps that an agent sets off; the script, if any, comes into the composer."""

    id: int
    name: str
    steps: list[dict[str, Any]]
    canned_id: int | None
    used: int


class MacroRunObject(TypedDict):
    """What a macro did: on how many conversations something changed, which steps were refused, what can be undone."""

    changed: int
    refused: list[dict[str, Any]]
    bulk_ids: list[int]
    canned_id: int | None


class HitObject(TypedDict):
    """What a rule would have done, and when."""

    rule: int
    conversation_id: int
    contact_name: str
    last_text: str
    event: str
    found: list[dict[str, Any]]
    then: list[dict[str, Any]]
    at: datetime


class RehearsalObject(TypedDict):
    """Some of last week's conversations, looked through. `next` is where the next look goes on; null ends it."""

    looked: int
    total: int
    hits: list[HitObject]
    next: str | None


def rule_object(rule: Rule) -> RuleObject:
    """A rule for those who read it."""
    wording = rule.wording
    return RuleObject(
        id=rule.pk,
        name=rule.name,
        position=rule.position,
        active=rule.active,
        wording={
            "when": wording["when"],
            "if": wording["if"],
            "then": wording["then"],
            "stop": wording["stop"],
        },
        acted=rule.acted,
        last_acted_at=rule.last_acted_at,
    )


def run_object(run: Run) -> RunObject:
    """A line of a rule's log; reads the conversation's contact."""
    return RunObject(
        id=run.pk,
        conversation_id=run.conversation_id,
        contact_name=run.conversation.contact.name,
        event=run.event,
        outcome=run.outcome,  # type: ignore[typeddict-item]
        found=run.found,
        did=run.did,
        at=run.at,
    )


def macro_object(macro: Macro) -> MacroObject:
    """A macro for agents."""
    return MacroObject(
        id=macro.pk, name=macro.name, steps=macro.steps, canned_id=macro.canned_id, used=macro.used
    )  # fmt: skip
