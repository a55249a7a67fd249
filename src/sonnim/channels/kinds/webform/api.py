"""The HTTP side of forms for those who set them up. Shoppers use the pages; see views."""

from typing import Annotated, Any

from ninja import Schema, Status
from pydantic import Field, StringConstraints

from sonnim.accounts.api.fields import LocaleField, Page
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, ShopRouter, Text
from sonnim.accounts.permissions import Permission
from sonnim.accounts.queries import shop_by_id
from sonnim.channels.kinds.webform import pages, queries, rules, words
from sonnim.channels.kinds.webform.actions.forms import change_form, create_form, remove_form
from sonnim.channels.kinds.webform.shapes import FieldObject, FormKind, FormObject, Labels, form_object

router = ShopRouter(tag="forms")
routers = (router,)
MAX_LABEL = 1_000

Said = Annotated[Text, StringConstraints(max_length=MAX_LABEL)]
Name = Annotated[Text, StringConstraints(max_length=80)]


class ChoiceBody(Body):
    id: Text
    labels: dict[LocaleField, Said]


class FieldBody(Body):
    id: Text
    type: rules.Kind
    labels: dict[LocaleField, Said]
    help: dict[LocaleField, Said] = {}
    required: bool = False
    max: int | None = None
    choices: Annotated[list[ChoiceBody], Field(max_length=rules.MAX_CHOICES)] = []


class FormBody(Body):
    """A form; what is left out of a change stays as it is."""

    name: Name | None = None
    kind: FormKind | None = None
    fields: Annotated[list[FieldBody], Field(max_length=rules.MAX_FIELDS)] | None = None
    texts: dict[Text, dict[LocaleField, Said]] | None = None
    team_id: RowId | None = None
    tag_ids: list[RowId] | None = None
    origins: list[Text] | None = None
    active: bool | None = None

    def wanted(self) -> dict[str, Any]:
        """What was given; a team may be given as none."""
        given = self.model_dump(include=self.model_fields_set)
        return {name: value for name, value in given.items() if value is not None or name == "team_id"}


class NewFormBody(FormBody):
    name: Name
    fields: Annotated[list[FieldBody], Field(max_length=rules.MAX_FIELDS)]
    texts: dict[Text, dict[LocaleField, Said]]


class FormPatch(FormBody):
    """A change of the form as it was in version `v`."""

    v: int


class PreviewBody(Body):
    locale: LocaleField
    fields: Annotated[list[FieldBody], Field(max_length=rules.MAX_FIELDS)]
    texts: dict[Text, dict[LocaleField, Said]]


class PreviewObject(Schema):
    """The page as it would look, to be shown where nothing of it can run."""

    html: str


class TemplateObject(Schema):
    """A form to begin from."""

    kind: FormKind
    name: Labels
    texts: dict[str, Labels]
    fields: list[FieldObject]


@router.get("/forms", needs=Permission.SHOP_CONFIGURE, response=Page[FormObject])
def list_forms(caller: Caller) -> dict[str, Any]:
    """The shop's forms."""
    return {"items": [form_object(form) for form in queries.forms_of(caller.shop_id)]}


@router.get("/forms/templates", needs=Permission.SHOP_CONFIGURE, response=Page[TemplateObject])
def list_form_templates(caller: Caller) -> dict[str, Any]:
    """Forms to begin from, worded in every language."""
    return {"items": words.templates()}


@router.post("/forms", needs=Permission.SHOP_CONFIGURE, response={201: FormObject})
def create_form_(caller: Caller, body: NewFormBody) -> Status[FormObject]:
    """Make a form; it has an address at once."""
    return Status(201, form_object(create_form(actor=caller.actor, wanted=body.wanted())))


@router.post("/forms/preview", needs=Permission.SHOP_CONFIGURE, response=PreviewObject)
def preview_form(caller: Caller, body: PreviewBody) -> dict[str, str]:
    """The page of a form that nobody has saved."""
    fields = rules.checked_fields([field.model_dump() for field in body.fields])
    texts = rules.checked_texts(body.model_dump()["texts"])
    return {"html": pages.preview(shop=shop_by_id(caller.shop_id), fields=fields, texts=texts, locale=body.locale)}


@router.patch("/forms/{form_id}", needs=Permission.SHOP_CONFIGURE, response=FormObject)
def change_form_(caller: Caller, form_id: int, body: FormPatch) -> FormObject:
    """Change what is given."""
    wanted = body.wanted()
    return form_object(change_form(actor=caller.actor, form_id=form_id, v=wanted.pop("v"), wanted=wanted))


@router.delete("/forms/{form_id}", needs=Permission.SHOP_CONFIGURE, response={204: None})
def remove_form_(caller: Caller, form_id: int) -> Status[None]:
    """Take a form away; what was handed in stays."""
    remove_form(actor=caller.actor, form_id=form_id)
    return Status(204, None)
