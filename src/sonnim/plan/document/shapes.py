"""The service plan as clients see it."""

from typing import Literal

from typing_extensions import TypedDict

from sonnim.accounts.http import Instant
from sonnim.plan.document import completeness, contradictions
from sonnim.plan.document.completeness import Question
from sonnim.plan.document.contradictions import Fault
from sonnim.plan.document.differences import differences
from sonnim.plan.document.queries import InForce
from sonnim.plan.document.schema import PlanDocument
from sonnim.plan.document.wording import Teller
from sonnim.plan.models import PlanDraft, PlanVersion


class PlanMark(TypedDict):
    """Which version is in force, 0 for none; `id` is the shop's. It comes with an event when a plan is published.

    `v` is `n`: a version is in force after all earlier ones.
    """

    id: int
    v: int
    n: int


class PlanShare(TypedDict):
    """How much of a section is written, by the weight of its questions."""

    section: str
    answered: int
    total: int
    percent: int


class PlanQuestion(TypedDict):
    """An open question; `row` and `field` are empty where a section has nothing yet."""

    section: str
    row: str
    field: str
    weight: int


class PlanMeter(TypedDict):
    """How complete a plan is."""

    percent: int
    shares: list[PlanShare]
    open: list[PlanQuestion]


class PlanFault(TypedDict):
    """What keeps a draft from being published, and where."""

    section: str
    row: str
    field: str
    what: contradictions.What


class PlanVersionObject(TypedDict):
    """A published version; `restored_from` names an older one that says the same."""

    n: int
    at: Instant
    author_id: int | None
    note: str
    restored_from: int | None


class PlanObject(TypedDict):
    """The plan in force, or an older one; `version` is null while nothing is published, and `mark` says which holds."""

    mark: PlanMark
    version: PlanVersionObject | None
    document: PlanDocument
    meter: PlanMeter


class PlanDraftState(TypedDict):
    """How far a draft is; whoever saves it next names this `v`.

    `base` is the version it began with; `changed`: it differs from the version in force, `in_force`.
    """

    v: int
    base: int
    in_force: int
    author_id: int | None
    updated_at: Instant | None
    changed: bool
    meter: PlanMeter
    faults: list[PlanFault]


class PlanDraftObject(PlanDraftState):
    """A draft with what it says."""

    document: PlanDocument


class PlanDifference(TypedDict):
    """One change between two versions; `text` is a sentence in the language that was asked for."""

    section: str
    row: str
    field: str
    what: Literal["added", "removed", "moved", "changed"]
    text: str


class PlanDifferences(TypedDict):
    """All of them, in the order of the document."""

    items: list[PlanDifference]


class PlanImported(PlanDraftObject):
    """The draft after an import; `missing` are people of the file who are not here."""

    missing: list[str]


def meter_object(document: PlanDocument) -> PlanMeter:
    """How complete a plan is."""
    shares = completeness.shares(document)
    return PlanMeter(
        percent=completeness.whole(document).percent,
        shares=[
            PlanShare(section=section, answered=share.answered, total=share.total, percent=share.percent)
            for section, share in shares.items()
        ],
        open=[_question(each) for each in completeness.open_questions(document)],
    )


def _question(found: Question) -> PlanQuestion:
    return PlanQuestion(section=found.section, row=found.row, field=found.field, weight=found.weight)


def fault_object(fault: Fault) -> PlanFault:
    """What keeps a draft from being published."""
    return PlanFault(section=fault.section, row=fault.row, field=fault.field, what=fault.what)


def version_object(version: PlanVersion) -> PlanVersionObject:
    """A published version without its document."""
    return PlanVersionObject(
        n=version.n,
        at=version.at,
        author_id=version.author_id,
        note=version.note,
        restored_from=version.restored_from,
    )


def mark_object(shop_id: int, n: int) -> PlanMark:
    """Which version is in force."""
    return PlanMark(id=shop_id, v=n, n=n)


def draft_state(draft: PlanDraft, document: PlanDocument, *, in_force: InForce, faults: list[Fault]) -> PlanDraftState:
    """How far a draft is."""
    return PlanDraftState(
        v=draft.v,
        base=draft.base,
        in_force=in_force.n,
        author_id=draft.author_id,
        updated_at=draft.updated_at if draft.v else None,
        changed=document != in_force.document,
        meter=meter_object(document),
        faults=[fault_object(each) for each in faults],
    )


def differences_object(before: PlanDocument, after: PlanDocument, teller: Teller) -> PlanDifferences:
    """What changed, in words."""
    return PlanDifferences(
        items=[
            PlanDifference(
                section=each.section,
                row=each.row.id if each.row is not None else "",
                field=each.field,
                what=each.what,
                text=teller.difference(each),
            )
            for each in differences(before, after)
        ]
    )
