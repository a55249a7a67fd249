"""Mailboxes over HTTP: the desk knows of them, whoever configures the shop sets them up."""

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Status
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from sonnim.accounts.api.fields import Address, LocaleField, Page
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, ShopRouter, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.channels.kinds.postbox import queries
from sonnim.channels.kinds.postbox.actions import mailboxes as actions
from sonnim.channels.kinds.postbox.choices import Choices, Provider, WayIn, WayOut
from sonnim.channels.kinds.postbox.shapes import MailboxObject, MailboxSettings, mailbox_object, mailbox_settings

router = ShopRouter(tag="mailboxes")

Host = Annotated[Text, StringConstraints(max_length=253, pattern=r"^[^\s/@]*$")]
Words = Annotated[Text, StringConstraints(max_length=254)]


class ServerBody(Body):
    """How a mail server is reached."""

    host: Host
    port: Annotated[int, Field(ge=1, le=65_535)]
    security: Literal["tls", "starttls", "none"] = "tls"
    user: Words = ""
    auth: Literal["password", "xoauth2"] = "password"


class MailboxChange(Body):
    """What shall be changed."""

    name: Annotated[Text, StringConstraints(max_length=120)] | None = None
    team_id: RowId | None = None
    signatures: dict[LocaleField, Text] | None = None
    active: bool | None = None
    is_default: bool | None = None
    way_in: WayIn | None = None
    imap: ServerBody | None = None
    folder: Annotated[Text, StringConstraints(min_length=1, max_length=200)] | None = None
    way_out: WayOut | None = None
    smtp: ServerBody | None = None
    provider: Provider | None = None
    secrets: dict[Text, Text] | None = None

    def choices(self) -> Choices:
        """What the actions take: only what was given; a team may be taken away by null."""
        given: Any = self.model_dump(exclude_unset=True, exclude={"is_default", "address"})
        return Choices(**{key: value for key, value in given.items() if value is not None or key == "team_id"})  # type: ignore[typeddict-item]


class MailboxBody(MailboxChange):
    """A new mailbox."""

    address: Address


class Hook(TypedDict):
    """Where a provider brings mail; shown once."""

    url: str


@router.get("/mailboxes", needs=P.CONVERSATION_READ, response=Page[MailboxObject])
def list_mailboxes(caller: Caller) -> dict[str, Any]:
    """All mailboxes of the shop, the default one first."""
    return {"items": [mailbox_object(each) for each in queries.mailboxes_of(caller.shop_id)]}


@router.post("/mailboxes", needs=P.SHOP_CONFIGURE, response={201: MailboxSettings})
def create_mailbox(caller: Caller, body: MailboxBody) -> Status[MailboxSettings]:
    """Set a mailbox up."""
    made = actions.create_mailbox(
        actor=caller.actor, address=body.address, choices=body.choices(), is_default=bool(body.is_default)
    )
    return Status(201, mailbox_settings(made))


@router.get("/mailboxes/{mailbox_id}", needs=P.SHOP_CONFIGURE, response=MailboxSettings)
def show_mailbox(caller: Caller, mailbox_id: int) -> MailboxSettings:
    """A mailbox with its settings, and without what signs us in."""
    return mailbox_settings(queries.mailbox_by_id(caller.shop_id, mailbox_id))


@router.patch("/mailboxes/{mailbox_id}", needs=P.SHOP_CONFIGURE, response=MailboxSettings)
def change_mailbox(caller: Caller, mailbox_id: int, body: MailboxChange) -> MailboxSettings:
    """Change what is given."""
    changed = actions.change_mailbox(
        actor=caller.actor, mailbox_id=mailbox_id, choices=body.choices(), is_default=body.is_default
    )
    return mailbox_settings(changed)


@router.delete("/mailboxes/{mailbox_id}", needs=P.SHOP_CONFIGURE, response={204: None})
def remove_mailbox(caller: Caller, mailbox_id: int) -> Status[None]:
    """Forget it; its letters stay."""
    actions.remove_mailbox(actor=caller.actor, mailbox_id=mailbox_id)
    return Status(204, None)


@router.post("/mailboxes/{mailbox_id}/hook", needs=P.SHOP_CONFIGURE, response=Hook)
def renew_mailbox_hook(caller: Caller, mailbox_id: int) -> HttpResponse:
    """A new address to which the provider brings mail; nobody can read it again."""
    return encoded(Hook(url=actions.renew_hook(actor=caller.actor, mailbox_id=mailbox_id)))
