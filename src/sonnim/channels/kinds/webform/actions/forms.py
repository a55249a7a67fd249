"""Making, changing and removing forms."""

import secrets
from collections.abc import Mapping
from typing import Any

import msgspec

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Team
from sonnim.accounts.rules import checked_origins
from sonnim.channels.kinds.webform import rules
from sonnim.channels.kinds.webform.models import Form
from sonnim.channels.kinds.webform.queries import MAX_FORMS, form_of
from sonnim.contacts.models import Tag
from sonnim.eventlog import log
from sonnim.kernel.errors import Conflict, Invalid

MAX_NAME = 80
MAX_TAGS = 10


def create_form(*, actor: Actor, wanted: Mapping[str, Any]) -> Form:
    """A new form with an address of its own.

    Args:
        wanted: any of name, kind, fields, texts, team_id, tag_ids, origins, active; name, fields and texts must be.

    Raises:
        Conflict: the shop has too many.
        Invalid: see rules.checked_fields and checked_texts; a team or a tag of another shop.
    """
    form = Form(shop_id=actor.shop_id, key=secrets.token_hex(9))
    with log.unit(actor.shop_id):
        if Form.objects.filter(shop_id=actor.shop_id).count() >= MAX_FORMS:
            raise Conflict(f"A shop has at most {MAX_FORMS} forms.")
        _fill(form, wanted)
        form.save()
        audit.record(actor, "form.created", target=f"form:{form.pk}", name=form.name)
    return form


def change_form(*, actor: Actor, form_id: int, v: int, wanted: Mapping[str, Any]) -> Form:
    """Change what is given, unless somebody else has changed it meanwhile.

    Raises:
        NotFound; Conflict: `v` is not its last; Invalid: as create_form.
    """
    with log.unit(actor.shop_id):
        form = form_of(actor.shop_id, form_id)
        if form.v != v:
            raise Conflict("Somebody has changed this form meanwhile; look at it again.")
        _fill(form, wanted)
        form.v += 1
        form.save()
        audit.record(actor, "form.changed", target=f"form:{form.pk}", name=form.name)
    return form


def remove_form(*, actor: Actor, form_id: int) -> None:
    """Its address answers no more; what was handed in stays in its conversations. Raises: NotFound."""
    with log.unit(actor.shop_id):
        form = form_of(actor.shop_id, form_id)
        audit.record(actor, "form.removed", target=f"form:{form.pk}", name=form.name)
        form.delete()


def _fill(form: Form, wanted: Mapping[str, Any]) -> None:
    if "name" in wanted:
        form.name = rules.tidied(wanted["name"])
    if not 1 <= len(form.name) <= MAX_NAME:
        raise Invalid(fields={"name": f"must have 1 to {MAX_NAME} characters"})
    if "kind" in wanted:
        form.kind = wanted["kind"]
    if "fields" in wanted:
        form.fields = msgspec.to_builtins(rules.checked_fields(wanted["fields"]))
    if "texts" in wanted:
        form.texts = rules.checked_texts(wanted["texts"])
    if "team_id" in wanted:
        form.team_id = _checked_team(form, wanted["team_id"])
    if "tag_ids" in wanted:
        form.tag_ids = _checked_tags(form, wanted["tag_ids"])
    if "origins" in wanted:
        form.origins = checked_origins(wanted["origins"])
    form.active = wanted.get("active", form.active)


# What was removed since stands in a form that somebody has opened: it falls away, and is no reason to refuse the rest.


def _checked_team(form: Form, team_id: int | None) -> int | None:
    if team_id is None or Team.objects.filter(pk=team_id, shop_id=form.shop_id, removed_at=None).exists():
        return team_id
    if team_id != form.team_id:
        raise Invalid(fields={"team_id": "not a team of this shop"})
    return None


def _checked_tags(form: Form, tag_ids: list[int]) -> list[int]:
    wanted = list(dict.fromkeys(tag_ids))
    alive = Tag.objects.filter(shop_id=form.shop_id, pk__in=wanted, removed_at=None)
    known = set(alive.values_list("pk", flat=True))
    if len(wanted) > MAX_TAGS or set(wanted) - known - set(form.tag_ids):
        raise Invalid(fields={"tag_ids": f"at most {MAX_TAGS} tags of this shop"})
    return [each for each in wanted if each in known]
