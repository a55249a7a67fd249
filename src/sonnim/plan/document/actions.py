"""Writes to the service plan: the draft, which one person at a time changes, and versions, which nobody changes."""

import hashlib
import json
from typing import Any, NamedTuple

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Shop
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound
from sonnim.kernel.text import pick_locale
from sonnim.plan.document import portable, queries
from sonnim.plan.document.contradictions import contradictions
from sonnim.plan.document.schema import MAX_BYTES, PlanDocument
from sonnim.plan.document.shapes import mark_object
from sonnim.plan.document.template import starting_plan
from sonnim.plan.models import PlanDraft, PlanVersion

MAX_NOTE = 300


class Imported(NamedTuple):
    """What became of a file: the draft, and who of it is not here."""

    draft: PlanDraft
    missing: list[str]


def save_plan_draft(*, actor: Actor, v: int, document: PlanDocument) -> PlanDraft:
    """Keep what is being written.

    Args:
        v: of the draft that was changed, 0 where there was none.

    Raises:
        Conflict: somebody else has saved meanwhile; `fields` say who (`author_id`) and with which `v`.
        Invalid: longer than a plan may be.
    """
    with log.unit(actor.shop_id):
        return _kept(actor, v, document)


def discard_plan_draft(*, actor: Actor, v: int) -> PlanDraft:
    """Begin again with the version in force. Raises: Conflict, as save_plan_draft."""
    with log.unit(actor.shop_id):
        plan = queries.in_force(actor.shop_id)
        draft = _kept(actor, v, plan.document, base=plan.n)
        audit.record(actor, "plan.draft_discarded", target=f"plan:{plan.n}")
    return draft


def begin_with_template(*, actor: Actor, v: int) -> PlanDraft:
    """Put the starting plan for online stores into the draft. Raises: Conflict, as save_plan_draft."""
    with log.unit(actor.shop_id):
        draft = _kept(actor, v, starting_plan(pick_locale(Shop.objects.get(pk=actor.shop_id).locale)))
        audit.record(actor, "plan.template_taken")
    return draft


def import_plan(*, actor: Actor, v: int, data: dict[str, Any]) -> Imported:
    """Put a plan from a file into the draft. Raises: Conflict, as save_plan_draft; Invalid, see portable.imported."""
    with log.unit(actor.shop_id):
        document, missing = portable.imported(data, queries.people_by_name(actor.shop_id))
        draft = _kept(actor, v, document)
        audit.record(actor, "plan.imported", missing=missing)
    return Imported(draft, missing)


def restore_version(*, actor: Actor, v: int, n: int) -> PlanDraft:
    """Put an older version into the draft, to be looked at and published. Raises: NotFound; as save_plan_draft."""
    with log.unit(actor.shop_id):
        version = queries.version_of(actor.shop_id, n)
        if version is None:
            raise NotFound("There is no such version.")
        draft = _kept(actor, v, PlanDocument.model_validate(version.document))
        audit.record(actor, "plan.restored", target=f"plan:{n}")
    return draft


def publish_plan(*, actor: Actor, v: int, note: str = "") -> PlanVersion:
    """Put the draft into force, as the next version.

    Raises:
        Conflict: the draft is another one than was looked at, or says what is in force already.
        Invalid: it contradicts itself; `fields` say where.
    """
    shop_id = actor.shop_id
    with log.unit(shop_id) as work:
        draft = _current(actor, v)
        document = PlanDocument.model_validate(draft.document)
        _refuse_contradictions(shop_id, document)
        digest = _digest(document)
        n, _, former = queries.newest(shop_id)
        if digest == former:
            raise Conflict("Nothing has changed since the version in force.")
        restored = PlanVersion.objects.filter(shop_id=shop_id, digest=digest).order_by("-n").first()
        version = PlanVersion.objects.create(
            shop_id=shop_id,
            n=n + 1,
            document=draft.document,
            digest=digest,
            author=actor.agent,
            note=note.strip()[:MAX_NOTE],
            restored_from=restored.n if restored else None,
        )
        PlanDraft.objects.filter(shop_id=shop_id).update(base=version.n)
        audit.record(actor, "plan.published", target=f"plan:{version.n}", note=version.note)
        pos = work.claim(shop_id)
        work.publish(shop_id, pos, "plan.published", desk_put={"plans": [mark_object(shop_id, version.n)]})
    return version


def _digest(document: PlanDocument) -> str:
    """What a document says, in 64 letters."""
    return hashlib.sha256(_text(document).encode()).hexdigest()


def _text(document: PlanDocument) -> str:
    return json.dumps(document.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _current(actor: Actor, v: int) -> PlanDraft:
    """The draft, if it still is the one that was read; a new one for a shop without. Raises: Conflict."""
    draft = queries.draft_of(actor.shop_id) or queries.new_draft(actor.shop_id)
    if draft.v != v:
        author = {"author_id": str(draft.author_id)} if draft.author_id else {}
        raise Conflict("Somebody else has changed the draft meanwhile.", fields={"v": str(draft.v), **author})
    return draft


def _kept(actor: Actor, v: int, document: PlanDocument, *, base: int | None = None) -> PlanDraft:
    draft = _current(actor, v)
    if len(_text(document).encode()) > MAX_BYTES:
        raise Invalid("The plan is too long.", fields={"document": f"more than {MAX_BYTES:,} bytes"})
    draft.document = document.model_dump(mode="json", exclude_defaults=True)
    draft.base = draft.base if base is None else base
    draft.v += 1
    draft.author = actor.agent
    draft.updated_at = clock.now()
    draft.save()
    return draft


def _refuse_contradictions(shop_id: int, document: PlanDocument) -> None:
    faults = contradictions(document, here=queries.everybody(shop_id))
    if faults:
        fields: dict[str, str] = {f"{each.section}.{each.row}.{each.field}": each.what for each in faults}
        raise Invalid("The plan contradicts itself.", fields=fields)
