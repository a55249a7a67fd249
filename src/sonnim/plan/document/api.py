"""The HTTP side of the service plan: everybody at the desk reads it, whoever manages it writes it."""

from typing import Annotated, Any

from django.http import HttpResponse
from pydantic import Field, StringConstraints

from sonnim.accounts import queries as accounts
from sonnim.accounts.api.fields import LocaleField, Page
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, ShopRouter, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.kernel.errors import NotFound
from sonnim.plan.document import actions, pages, portable, queries
from sonnim.plan.document.contradictions import contradictions
from sonnim.plan.document.schema import PlanDocument
from sonnim.plan.document.shapes import (
    PlanDifferences,
    PlanDraftObject,
    PlanDraftState,
    PlanImported,
    PlanObject,
    PlanVersionObject,
    differences_object,
    draft_state,
    mark_object,
    meter_object,
    version_object,
)
from sonnim.plan.document.wording import Teller
from sonnim.plan.models import PlanDraft, PlanVersion

router = ShopRouter(tag="plan")
routers = (router,)


class DraftBody(Body):
    v: Annotated[int, Field(ge=0, lt=2**53)]


class DraftSave(DraftBody):
    document: PlanDocument


class PlanFile(DraftBody):
    plan: dict[str, Any]


class PlanPublish(DraftBody):
    note: Annotated[Text, StringConstraints(max_length=actions.MAX_NOTE)] = ""


@router.get("/plan", needs=P.CONVERSATION_READ, response=PlanObject)
def read_plan(caller: Caller) -> PlanObject:
    """The plan in force."""
    n = queries.version_in_force(caller.shop_id)
    return _plan(caller, queries.version_of(caller.shop_id, n) if n else None)


@router.get("/plan/versions", needs=P.CONVERSATION_READ, response=Page[PlanVersionObject])
def list_plan_versions(caller: Caller, before: int | None = None) -> dict[str, Any]:
    """What was published, newest first; `next` is the `before` of the following part."""
    rows = queries.versions_of(caller.shop_id, before=before)
    shown = rows[: queries.HISTORY_PAGE]
    more = str(shown[-1].n) if len(rows) > len(shown) else None
    return {"items": [version_object(each) for each in shown], "next": more}


@router.get("/plan/versions/{n}", needs=P.CONVERSATION_READ, response=PlanObject)
def read_plan_version(caller: Caller, n: int) -> PlanObject:
    """The plan as it was then."""
    return _plan(caller, _version(caller, n))


@router.get("/plan/versions/{n}/differences", needs=P.CONVERSATION_READ, response=PlanDifferences)
def compare_plan_versions(
    caller: Caller, n: int, before: int | None = None, locale: LocaleField = "en"
) -> PlanDifferences:
    """What version `n` says otherwise than `before`, by default the one before it, in words."""
    now = PlanDocument.model_validate(_version(caller, n).document)
    earlier = n - 1 if before is None else before
    was = PlanDocument.model_validate(_version(caller, earlier).document) if earlier > 0 else queries.NOTHING
    return _differences(caller, was, now, locale)


@router.post("/plan/versions/{n}/restore", needs=P.PLAN_MANAGE, response=PlanDraftObject)
def restore_plan_version(caller: Caller, n: int, body: DraftBody) -> PlanDraftObject:
    """Put an older version into the draft."""
    return _draft(actions.restore_version(actor=caller.actor, v=body.v, n=n))


@router.get("/plan/draft", needs=P.PLAN_MANAGE, response=PlanDraftObject)
def read_plan_draft(caller: Caller) -> PlanDraftObject:
    """What is being written; what is in force while nobody writes."""
    return _draft(queries.draft_of(caller.shop_id) or queries.new_draft(caller.shop_id))


@router.put("/plan/draft", needs=P.PLAN_MANAGE, response=PlanDraftState)
def save_plan_draft(caller: Caller, body: DraftSave) -> PlanDraftState:
    """Keep what is being written; a 409 tells who was faster."""
    return _state(actions.save_plan_draft(actor=caller.actor, v=body.v, document=body.document), body.document)


@router.get("/plan/draft/differences", needs=P.PLAN_MANAGE, response=PlanDifferences)
def compare_plan_draft(caller: Caller, locale: LocaleField = "en") -> PlanDifferences:
    """What the draft says otherwise than the plan in force."""
    draft = queries.draft_of(caller.shop_id) or queries.new_draft(caller.shop_id)
    now = PlanDocument.model_validate(draft.document)
    return _differences(caller, queries.document_of(caller.shop_id), now, locale)


@router.post("/plan/draft/discard", needs=P.PLAN_MANAGE, response=PlanDraftObject)
def discard_plan_draft(caller: Caller, body: DraftBody) -> PlanDraftObject:
    """Begin again with the version in force."""
    return _draft(actions.discard_plan_draft(actor=caller.actor, v=body.v))


@router.post("/plan/draft/template", needs=P.PLAN_MANAGE, response=PlanDraftObject)
def take_plan_template(caller: Caller, body: DraftBody) -> PlanDraftObject:
    """Begin with the plan for online stores."""
    return _draft(actions.begin_with_template(actor=caller.actor, v=body.v))


@router.post("/plan/draft/import", needs=P.PLAN_MANAGE, response=PlanImported)
def import_plan(caller: Caller, body: PlanFile) -> PlanImported:
    """Put a plan from a file into the draft."""
    done = actions.import_plan(actor=caller.actor, v=body.v, data=body.plan)
    return PlanImported(**_draft(done.draft), missing=done.missing)


@router.post("/plan/publish", needs=P.PLAN_MANAGE, response=PlanVersionObject)
def publish_plan(caller: Caller, body: PlanPublish) -> PlanVersionObject:
    """Put the draft into force."""
    return version_object(actions.publish_plan(actor=caller.actor, v=body.v, note=body.note))


@router.get("/plan/export", needs=P.PLAN_MANAGE)
def export_plan(caller: Caller) -> HttpResponse:
    """The plan in force as a file that another shop can import."""
    answer = encoded(portable.exported(queries.document_of(caller.shop_id), queries.names_of(caller.shop_id)))
    answer["Content-Disposition"] = 'attachment; filename="service-plan.json"'
    return answer


@router.get("/plan/page", needs=P.CONVERSATION_READ)
def print_plan(caller: Caller, locale: LocaleField = "en", n: int | None = None) -> HttpResponse:
    """The plan on paper: a page that needs nothing from anywhere."""
    wanted = queries.version_in_force(caller.shop_id) if n is None else n
    version = _version(caller, wanted) if wanted else None
    shop = accounts.shop_by_id(caller.shop_id)
    answer = HttpResponse(pages.drawn(shop, version, queries.names_of(caller.shop_id), locale=locale))
    answer["Content-Security-Policy"] = pages.POLICY
    return answer


def _version(caller: Caller, n: int) -> PlanVersion:
    found = queries.version_of(caller.shop_id, n)
    if found is None:
        raise NotFound("There is no such version.")
    return found


def _plan(caller: Caller, version: PlanVersion | None) -> PlanObject:
    document = PlanDocument.model_validate(version.document) if version else queries.NOTHING
    told = version_object(version) if version else None
    mark = mark_object(caller.shop_id, queries.version_in_force(caller.shop_id))
    return PlanObject(mark=mark, version=told, document=document, meter=meter_object(document))


def _state(draft: PlanDraft, document: PlanDocument) -> PlanDraftState:
    faults = contradictions(document, here=queries.everybody(draft.shop_id))
    return draft_state(draft, document, in_force=queries.in_force(draft.shop_id), faults=faults)


def _draft(draft: PlanDraft) -> PlanDraftObject:
    document = PlanDocument.model_validate(draft.document)
    return PlanDraftObject(**_state(draft, document), document=document)


def _differences(caller: Caller, was: PlanDocument, now: PlanDocument, locale: str) -> PlanDifferences:
    return differences_object(was, now, Teller(locale, queries.names_of(caller.shop_id), (now, was)))
