"""Reviews, rules and dismissals as clients see them."""

from typing import Literal

from typing_extensions import TypedDict

from sonnim.accounts.http import Instant
from sonnim.coaching.models import Dismissal, Quiet
from sonnim.coaching.rules import Reason

SeverityName = Literal["note", "warning", "serious"]
Register = Literal["formal", "polite", "plain", "mixed"]


class PlainMark(TypedDict):
    """A remark on a piece of a draft; `start` and `end` count code points, `suggestion` can stand in its place."""

    rule: str
    severity: SeverityName
    start: int
    end: int
    message: str
    suggestion: str | None


class MarkObject(PlainMark):
    """The same in a shop; a strict one asks once before the draft is sent."""

    strict: bool


class PlainReview(TypedDict):
    """What is said of a draft: its marks in order of the text, its level of speech, and how polite it is (0…1)."""

    marks: list[PlainMark]
    register: Register | None
    politeness: float


class DraftReviewObject(TypedDict):
    """The same in a conversation."""

    marks: list[MarkObject]
    register: Register | None
    politeness: float


class RuleObject(TypedDict):
    """A rule as the shop has it. `severity` is what holds; `own_severity` is the rule's own.

    `seen`, `dismissed` and `applied` are of the last 30 days. `quiet_agents` are those for whom it keeps silent;
    whoever does not manage the plan finds at most themselves there.
    """

    rule: str
    severity: SeverityName
    own_severity: SeverityName
    on: bool
    strict: bool
    seen: int
    dismissed: int
    applied: int
    quiet_agents: list[int]


class CoachRulesObject(TypedDict):
    """All rules, in the order in which their marks are shown."""

    rules: list[RuleObject]


class TermObject(TypedDict):
    """A trade word or in-house code, and the plain word for it."""

    term: str
    plain: str


class GlossaryObject(TypedDict):
    """The glossary of a shop; `v` counts its versions."""

    v: int
    terms: list[TermObject]


class DismissedObject(TypedDict):
    """Whether the rule keeps silent for this agent from now on."""

    quieted: bool


class DismissalObject(TypedDict):
    """A mark that an agent waved away; `piece` is the beginning of what was marked, empty where it was redacted."""

    id: int
    rule: str
    agent_id: int
    conversation_id: int
    piece: str
    reason: Reason
    words: str
    at: Instant


class DismissalPage(TypedDict):
    """The latest first; `next` is the `before` of the following page, or null."""

    items: list[DismissalObject]
    next: int | None


class QuietObject(TypedDict):
    """A rule that keeps silent for an agent."""

    id: int
    rule: str
    agent_id: int
    conversation_id: int


def dismissal_object(dismissal: Dismissal) -> DismissalObject:
    """A dismissal for leads."""
    return DismissalObject(
        id=dismissal.pk,
        rule=dismissal.rule,
        agent_id=dismissal.agent_id,
        conversation_id=dismissal.conversation_id,
        piece=dismissal.piece,
        reason=dismissal.reason,  # type: ignore[typeddict-item]
        words=dismissal.words,
        at=dismissal.at,
    )


def quiet_object(quiet: Quiet, *, conversation_id: int) -> QuietObject:
    """That a rule fell quiet, and where it was dismissed last."""
    return QuietObject(id=quiet.pk, rule=quiet.rule, agent_id=quiet.agent_id, conversation_id=conversation_id)
