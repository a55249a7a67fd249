"""Forms as the desk sees them."""

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from sonnim.channels.kinds.webform.models import Form
from sonnim.channels.kinds.webform.rules import Kind

Labels = dict[str, str]
FormKind = Literal["contact", "claim", "product", "callback", "order", "own"]


class ChoiceObject(TypedDict):
    """One of several answers."""

    id: str
    labels: Labels


class FieldObject(TypedDict):
    """A question of a form."""

    id: str
    type: Kind
    labels: Labels
    help: Labels
    required: bool
    max: int | None
    choices: list[ChoiceObject]


class FormObject(TypedDict):
    """A form with everything that can be changed, and how often it was handed in."""

    id: int
    v: int
    key: str
    name: str
    kind: FormKind
    fields: list[FieldObject]
    texts: dict[str, Labels]
    team_id: int | None
    tag_ids: list[int]
    origins: list[str]
    active: bool
    count: int
    last_at: datetime | None
    created_at: datetime


def form_object(form: Form) -> FormObject:
    """A form for the desk."""
    return FormObject(
        id=form.pk,
        v=form.v,
        key=form.key,
        name=form.name,
        kind=form.kind,  # type: ignore[typeddict-item]
        fields=form.fields,
        texts=form.texts,
        team_id=form.team_id,
        tag_ids=form.tag_ids,
        origins=form.origins,
        active=form.active,
        count=form.count,
        last_at=form.last_at,
        created_at=form.created_at,
    )
