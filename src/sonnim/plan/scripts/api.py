"""The HTTP side of scripts."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema, Status
from pydantic import BeforeValidator, Field, StringConstraints

from sonnim.accounts.api.fields import LocaleField, Page
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, ShopRouter, Text
from sonnim.accounts.models import Team
from sonnim.accounts.permissions import Permission as P
from sonnim.plan.scripts import actions, queries, wanted
from sonnim.plan.scripts.rules import MAX_VARIANTS
from sonnim.plan.scripts.shapes import CannedObject, SaidObject, ScriptCard, Stage, canned_object, said_object

router = ShopRouter(tag="plan")
routers = (router,)
MAX_TEXT = 10_000
MAX_IMPORT = 100


def _only_text(value: object) -> object:
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("must be a day such as 2026-12-24")
    return value


Day = Annotated[date, Field(strict=False), BeforeValidator(_only_text)]


class VariantBody(Body):
    text: Annotated[Text, StringConstraints(max_length=MAX_TEXT)] = ""
    rich: list[dict[str, Any]] | None = None
    id: RowId | None = None


class ScriptFields(Body):
    """What a script is, wherever it belongs."""

    shortcut: Annotated[Text, StringConstraints(max_length=40)]
    title: Annotated[Text, StringConstraints(max_length=120, min_length=1)]
    stage: Stage = ""
    texts: dict[LocaleField, Annotated[list[VariantBody], Field(max_length=MAX_VARIANTS)]]
    automatic: bool = False
    active_from: Day | None = None
    active_until: Day | None = None

    def wanted(self, *, team_id: int | None) -> wanted.Wanted:
        """What the actions take."""
        return wanted.Wanted(
            shortcut=self.shortcut,
            title=self.title,
            texts={
                str(locale): [wanted.Text(each.text, each.rich, each.id) for each in variants]
                for locale, variants in self.texts.items()
            },
            stage=self.stage,
            automatic=self.automatic,
            active_from=self.active_from,
            active_until=self.active_until,
            team_id=team_id,
        )


class CannedBody(ScriptFields):
    team_id: RowId | None = None


class CardBody(ScriptFields):
    """One from another shop: its team by name, and by none where there is no such team here."""

    team: Text | None = None


class ImportBody(Body):
    scripts: Annotated[list[CardBody], Field(max_length=MAX_IMPORT)]
    replace: bool = False


class Brought(Schema):
    """How many scripts are new, were written anew, and stayed as they were."""

    added: int
    changed: int
    kept: int


class UseBody(Body):
    variant_id: RowId
    conversation_id: RowId | None = None
    contact_id: RowId | None = None


@router.get("/canned-responses", needs=P.CONVERSATION_READ, response=Page[CannedObject])
def list_canned_responses(caller: Caller) -> dict[str, Any]:
    """All scripts of the shop, the most used first."""
    return {"items": [canned_object(each) for each in queries.canned_responses_of(caller.shop_id)]}


@router.post("/canned-responses", needs=P.CANNED_MANAGE, response={201: CannedObject})
def create_canned_response(caller: Caller, body: CannedBody) -> Status[CannedObject]:
    """Keep a script."""
    made = actions.create_canned_response(actor=caller.actor, wanted=body.wanted(team_id=body.team_id))
    return Status(201, canned_object(made))


@router.get("/canned-responses/export", needs=P.CANNED_MANAGE, response=Page[ScriptCard])
def export_scripts(caller: Caller) -> dict[str, Any]:
    """All scripts, to be kept elsewhere or imported into another shop."""
    return {"items": queries.cards_of(caller.shop_id)}


@router.post("/canned-responses/import", needs=P.CANNED_MANAGE, response=Brought)
def import_scripts(caller: Caller, body: ImportBody) -> dict[str, int]:
    """Take over what was exported, at most 100 at a time; those with a shortcut that is here stay, or are replaced."""
    teams = dict(Team.objects.filter(shop_id=caller.shop_id, removed_at=None).values_list("name", "pk"))
    scripts = [card.wanted(team_id=teams.get(card.team or "")) for card in body.scripts]
    return actions.import_scripts(actor=caller.actor, wanted=scripts, replace=body.replace)._asdict()


@router.post("/canned-responses/starter", needs=P.CANNED_MANAGE, response=Brought)
def add_starter_set(caller: Caller) -> dict[str, int]:
    """Add the scripts that ship with the product; those that are here already stay as they are."""
    return actions.add_starter_set(actor=caller.actor)._asdict()


@router.get("/contacts/{contact_id}/said", needs=P.CONVERSATION_READ, response=Page[SaidObject])
def list_said(caller: Caller, contact_id: int) -> dict[str, Any]:
    """Which variants a shopper has read, the latest first."""
    return {"items": [said_object(each) for each in queries.said_to(shop_id=caller.shop_id, contact_id=contact_id)]}


@router.put("/canned-responses/{canned_id}", needs=P.CANNED_MANAGE, response=CannedObject)
def change_canned_response(caller: Caller, canned_id: int, body: CannedBody) -> CannedObject:
    """Write it anew; variants that come with their id keep their counts."""
    script = body.wanted(team_id=body.team_id)
    return canned_object(actions.change_canned_response(actor=caller.actor, canned_id=canned_id, wanted=script))


@router.delete("/canned-responses/{canned_id}", needs=P.CANNED_MANAGE, response={204: None})
def delete_canned_response(caller: Caller, canned_id: int) -> Status[None]:
    """Forget it."""
    actions.delete_canned_response(actor=caller.actor, canned_id=canned_id)
    return Status(204, None)


@router.post("/canned-responses/{canned_id}/used", needs=P.CONVERSATION_REPLY, response={204: None})
def count_canned_response(caller: Caller, canned_id: int, body: UseBody) -> Status[None]:
    """A variant of it was sent, in a conversation or to a contact."""
    actions.count_use(shop_id=caller.shop_id, canned_id=canned_id, **body.model_dump())
    return Status(204, None)
