"""Writes of single scripts."""

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Team
from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound
from sonnim.plan.models import CannedResponse, ScriptVariant
from sonnim.plan.scripts.queries import MAX_CANNED
from sonnim.plan.scripts.shapes import canned_object
from sonnim.plan.scripts.wanted import Checked, Wanted, checked


def create_canned_response(*, actor: Actor, wanted: Wanted) -> CannedResponse:
    """Keep a script.

    Raises:
        Conflict: the shortcut is taken, or the shop has 500 of them.
        Invalid: see wanted.checked; a team of another shop.
    """
    kept = checked(wanted)
    with log.unit(actor.shop_id) as work:
        return keep_script(work=work, actor=actor, kept=kept)


def keep_script(*, work: Unit, actor: Actor, kept: Checked, origin: str = "") -> CannedResponse:
    """Keep one more within a unit of work. Raises: as create_canned_response."""
    if CannedResponse.objects.filter(shop_id=actor.shop_id).count() >= MAX_CANNED:
        raise Conflict(f"A shop keeps at most {MAX_CANNED} scripts.")
    canned = CannedResponse(shop_id=actor.shop_id, origin=origin)
    _save(work, canned, kept)
    audit.record(actor, "canned_response.created", target=f"canned:{canned.pk}", title=canned.title)
    return canned


def change_canned_response(*, actor: Actor, canned_id: int, wanted: Wanted) -> CannedResponse:
    """Write it anew. A variant that comes with its id keeps its counts, and who has read it.

    Raises:
        NotFound; and as create_canned_response.
    """
    kept = checked(wanted)
    with log.unit(actor.shop_id) as work:
        return rewrite_script(work=work, actor=actor, canned=_canned(actor.shop_id, canned_id), kept=kept)


def rewrite_script(*, work: Unit, actor: Actor, canned: CannedResponse, kept: Checked) -> CannedResponse:
    """Write one anew within a unit of work. Raises: as create_canned_response."""
    _save(work, canned, kept)
    audit.record(actor, "canned_response.changed", target=f"canned:{canned.pk}", title=canned.title)
    return canned


def delete_canned_response(*, actor: Actor, canned_id: int) -> None:
    """Raises: NotFound."""
    with log.unit(actor.shop_id) as work:
        canned = _canned(actor.shop_id, canned_id)
        audit.record(actor, "canned_response.deleted", target=f"canned:{canned.pk}", title=canned.title)
        canned.delete()
        pos = work.claim(actor.shop_id)
        work.publish(actor.shop_id, pos, "canned_response.deleted", desk_drop={"canned_responses": [canned_id]})


def _canned(shop_id: int, canned_id: int) -> CannedResponse:
    canned = CannedResponse.objects.filter(pk=canned_id, shop_id=shop_id).first()
    if canned is None:
        raise NotFound("There is no such script.")
    return canned


def _save(work: Unit, canned: CannedResponse, kept: Checked) -> None:
    shop_id = canned.shop_id
    if CannedResponse.objects.filter(shop_id=shop_id, shortcut=kept.shortcut).exclude(pk=canned.pk).exists():
        raise Conflict("Another script has this shortcut.")
    if kept.team_id is not None and not Team.objects.filter(pk=kept.team_id, shop_id=shop_id, removed_at=None).exists():
        raise Invalid(fields={"team_id": "not a team of this shop"})
    canned.shortcut, canned.title, canned.team_id = kept.shortcut, kept.title, kept.team_id
    canned.stage, canned.automatic = kept.stage, kept.automatic
    canned.active_from, canned.active_until = kept.active_from, kept.active_until
    canned.v = work.claim(shop_id)
    canned.updated_at = clock.now()
    canned.save()
    variants = _save_variants(canned, kept)
    put = {"canned_responses": [canned_object(canned, variants)]}
    work.publish(shop_id, canned.v, "canned_response.saved", desk_put=put)


def _save_variants(canned: CannedResponse, kept: Checked) -> list[ScriptVariant]:
    known = {variant.pk: variant for variant in canned.variants.all()}
    wanted = [(locale, position, said) for locale, texts in kept.texts.items() for position, said in enumerate(texts)]
    claimed = {said.id for _, _, said in wanted}
    saved = []
    for locale, position, said in wanted:
        former = known.get(said.id or 0)
        # An id of another language, or one that comes twice, is a new variant; the very same words are no new one.
        if former is None or former.locale != locale:
            same = (each for each in known.values() if each.pk not in claimed)
            former = next((each for each in same if (each.locale, each.text) == (locale, said.text)), None)
        variant = known.pop(former.pk) if former else ScriptVariant(canned=canned)
        variant.locale, variant.position, variant.text, variant.rich = locale, position, said.text, said.rich
        variant.save()
        saved.append(variant)
    canned.variants.exclude(pk__in=[variant.pk for variant in saved]).delete()
    return saved
