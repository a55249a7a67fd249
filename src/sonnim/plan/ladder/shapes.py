"""The ladder and the ledger as clients see them."""

from typing import Literal

from typing_extensions import TypedDict

from sonnim.accounts.http import Instant
from sonnim.conversations.together import QuestionObject
from sonnim.plan.document.rules import Why
from sonnim.plan.ladder.rules import as_text
from sonnim.plan.models import Concession

Words = dict[str, str]
"""The same in each language of the desk: `ko`, `zh`, `en`."""


class ConcessionObject(TypedDict):
    """A line of the ledger. `value` is a decimal as text; `kind` is `stand` where nothing was given."""

    id: int
    conversation_id: int
    contact_id: int
    agent_id: int
    concession: str
    kind: str
    title: Words
    step: str
    measure: Literal["amount", "percent", "count", "none"]
    value: str
    currency: str
    order: str
    reason: str
    sentence: str
    version: int
    approval_id: int | None
    approved_by_id: int | None
    at: Instant
    taken_back_at: Instant | None
    taken_back_by_id: int | None


class LimitLeft(TypedDict):
    """A limit, and what is left of it for this order; null where there is no number to it, or it cannot be said.

    It binds nobody where `value` is empty: an owner's are only how one reckons.
    """

    measure: Literal["none", "any", "amount", "percent", "count"]
    value: str
    currency: str
    left: str | None


class Deciding(TypedDict):
    """Who decides above the limit, and within how many minutes; all null where nobody need be asked."""

    agent_id: int | None
    role: str | None
    minutes: int | None


class RungObject(TypedDict):
    """A step of the ladder. `sentence` is in the shopper's language where the plan has it, else in `sentence_locale`.

    `behind`: it, or a later one, was conceded here, or to this shopper of late. `why` is `allowed`, or what is in the
    way; then `decides` says whom to ask.
    """

    id: str
    title: Words
    reason: Words
    sentence: str
    sentence_locale: str
    concession: str
    kind: str
    conditions: Words
    behind: bool
    allowed: bool
    why: Why
    limits: list[LimitLeft]
    decides: Deciding


class RefusalObject(TypedDict):
    """A gentle no: why not, the nearest thing that is possible, and the sentence that says both."""

    id: str
    title: Words
    reason: Words
    nearest: Words
    sentence: str
    sentence_locale: str
    concession: str


class MenuObject(TypedDict):
    """Something of the compensation menu that is on no step of the ladder, or on one."""

    id: str
    kind: str
    title: Words
    conditions: Words
    sentence: str
    sentence_locale: str
    allowed: bool
    why: Why
    limits: list[LimitLeft]
    decides: Deciding


class LadderObject(TypedDict):
    """Where one stands with a shopper. Without a plan `version` is 0 and nothing is allowed.

    `next` is the step that the plan allows now, null at the top. `conceded` is what was conceded in this conversation,
    and to this shopper of late elsewhere; `approvals` wait for an answer, or were granted and not used yet.
    """

    version: int
    next: str | None
    steps: list[RungObject]
    menu: list[MenuObject]
    refusals: list[RefusalObject]
    conceded: list[ConcessionObject]
    approvals: list[QuestionObject]


class LedgerSum(TypedDict):
    """What one agent conceded of one kind in a month, in one measure; not what was taken back."""

    month: str
    agent_id: int
    kind: str
    measure: str
    currency: str
    count: int
    value: str


class LedgerSums(TypedDict):
    """The newest month first."""

    items: list[LedgerSum]


def concession_object(given: Concession) -> ConcessionObject:
    """A line of the ledger; its conversation is read along."""
    return ConcessionObject(
        id=given.pk,
        conversation_id=given.conversation_id,
        contact_id=given.conversation.contact_id,
        agent_id=given.agent_id,
        concession=given.concession,
        kind=given.kind,
        title=given.title,
        step=given.step,
        measure=given.measure,  # type: ignore[typeddict-item]
        value=as_text(given.units),
        currency=given.currency,
        order=given.order,
        reason=given.reason,
        sentence=given.sentence,
        version=given.version,
        approval_id=given.approval_id,
        approved_by_id=given.approved_by_id,
        at=given.at,
        taken_back_at=given.taken_back_at,
        taken_back_by_id=given.taken_back_by_id,
    )


def line_of(given: Concession, what: str) -> dict[str, object]:
    """What the timeline says of it."""
    return {
        "what": what,
        "concession_id": given.pk,
        "matter": {
            "kind": given.kind,
            "title": given.title,
            "measure": given.measure,
            "value": as_text(given.units),
            "currency": given.currency,
            "order": given.order,
        },
        "agent_id": given.agent_id,
        "approved_by_id": given.approved_by_id,
    }
