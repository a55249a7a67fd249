"""Help with setting a mailbox up: servers found, tried, and the domain looked at. Nothing is stored."""

from typing import Annotated

from django.http import HttpResponse
from pydantic import Field
from typing_extensions import TypedDict

from sonnim.accounts.api.fields import Address
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, ShopRouter, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.channels.kinds.postbox import autoconfig, queries, trial
from sonnim.channels.kinds.postbox.actions.mailboxes import checked_address
from sonnim.channels.kinds.postbox.api.mailboxes import ServerBody
from sonnim.channels.kinds.postbox.choices import Choices, check_texts, kept_secrets
from sonnim.channels.kinds.postbox.domain_check import check_domain
from sonnim.channels.kinds.postbox.domain_rules import Check
from sonnim.channels.kinds.postbox.keys import secrets_of
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.kinds.postbox.shapes import ServerObject
from sonnim.kernel.errors import Invalid, NotFound
from sonnim.kernel.throttle import throttle

router = ShopRouter(tag="mailboxes")
TRIALS = (20, 60)  # how many in how many seconds: enough for a person who tries passwords of their own


class AddressBody(Body):
    """An address whose servers are looked for."""

    address: Address


class TrialBody(Body):
    """Servers that shall be tried; of a mailbox that exists, with its own secrets where none is given."""

    mailbox_id: RowId | None = None
    imap: ServerBody | None = None
    smtp: ServerBody | None = None
    folder: Annotated[Text, Field(min_length=1, max_length=200)] = "INBOX"
    secrets: dict[Text, Text] = {}


class Domain(TypedDict):
    """What the name servers say of a mailbox's domain."""

    domain: str
    checks: list[Check]


@router.post("/mailboxes/discover", needs=P.SHOP_CONFIGURE, response=autoconfig.Found)
def discover_mailbox(caller: Caller, body: AddressBody) -> HttpResponse:
    """Find the servers of an address."""
    throttle("mailbox.discover", str(caller.shop_id), *TRIALS)
    address = checked_address(address=body.address)
    try:
        return encoded(autoconfig.discover(address))
    except UnicodeError:
        raise Invalid(fields={"address": "not an e-mail address"}) from None


@router.post("/mailboxes/test", needs=P.SHOP_CONFIGURE, response=trial.Trial)
def try_mailbox(caller: Caller, body: TrialBody) -> HttpResponse:
    """Sign in at both servers; what they say comes back in their own words."""
    throttle("mailbox.test", str(caller.shop_id), *TRIALS)
    choices = Choices(secrets=body.secrets, folder=body.folder)
    incoming, outgoing = _server(body.imap), _server(body.smtp)
    if incoming:
        choices["imap"] = incoming
    if outgoing:
        choices["smtp"] = outgoing
    check_texts(choices)
    mailbox = queries.mailbox_by_id(caller.shop_id, body.mailbox_id) if body.mailbox_id else Mailbox()
    secrets = kept_secrets(mailbox, choices, _known(mailbox))
    return encoded(trial.try_servers(incoming, outgoing, folder=body.folder, secrets=secrets))


@router.get("/mailboxes/{mailbox_id}/dns", needs=P.SHOP_CONFIGURE, response=Domain)
def check_mailbox_domain(caller: Caller, mailbox_id: int) -> HttpResponse:
    """Whether the receivers of this mailbox's mail will believe that it is the shop's."""
    mailbox = queries.mailbox_by_id(caller.shop_id, mailbox_id)
    throttle("mailbox.dns", str(caller.shop_id), *TRIALS)
    return encoded(Domain(domain=mailbox.address.rpartition("@")[2], checks=check_domain(mailbox)))


def _server(body: ServerBody | None) -> ServerObject | None:
    return ServerObject(**body.model_dump()) if body else None  # type: ignore[typeddict-item]


def _known(mailbox: Mailbox) -> dict[str, str]:
    try:
        return secrets_of(mailbox)
    except NotFound:  # sealed by another installation
        return {}
