"""Invitations: made and withdrawn at the desk, read and accepted by whoever holds the link."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from ninja import Schema, Status

from sonnim.accounts import actions, queries
from sonnim.accounts.api.fields import Address, LocaleField, Page, Password, PersonName, RoleField
from sonnim.accounts.api.me import Me, me_object
from sonnim.accounts.callers import Caller, client_address, signed_in
from sonnim.accounts.http import PUBLIC, Body, Instant, OpenRouter, ShopRouter
from sonnim.accounts.models import Invitation, User
from sonnim.accounts.permissions import Permission
from sonnim.kernel.errors import Unauthenticated

router = ShopRouter(tag="invitations")
open_router = OpenRouter(tag="invitations")


class InvitationObject(Schema):
    """An open invitation."""

    id: int
    email: str
    role: RoleField
    locale: LocaleField
    invited_by: int
    created_at: Instant
    expires_at: Instant


class NewInvitationObject(InvitationObject):
    """An invitation with its link: shown this once."""

    link: str


class InvitationBody(Body):
    email: Address
    role: RoleField
    locale: LocaleField = "en"


class OpenInvitation(Schema):
    """What the holder of the link is told."""

    shop_name: str
    email: str
    role: RoleField
    expires_at: Instant


class AcceptBody(Body):
    name: PersonName
    password: Password | None = None
    locale: LocaleField = "en"


@router.get("/invitations", needs=Permission.AGENT_INVITE, response=Page[InvitationObject])
def list_invitations(caller: Caller) -> dict[str, Any]:
    """Invitations that wait for an answer."""
    return {"items": [_object(invitation) for invitation in queries.open_invitations(caller.shop_id)]}


@router.post("/invitations", needs=Permission.AGENT_INVITE, response={201: NewInvitationObject})
def invite_agent(caller: Caller, body: InvitationBody) -> Status[dict[str, Any]]:
    """Invite somebody to a role below mine (an owner: to any)."""
    made = actions.invite_agent(actor=caller.actor, email=body.email, role=body.role, locale=body.locale)
    return Status(201, {**_object(made.invitation), "link": made.link})


@router.delete("/invitations/{invitation_id}", needs=Permission.AGENT_INVITE, response={204: None})
def withdraw_invitation(caller: Caller, invitation_id: int) -> Status[None]:
    """Make an invitation void."""
    actions.withdraw_invitation(actor=caller.actor, invitation_id=invitation_id)
    return Status(204, None)


@open_router.get("/invitations/{token}", needs=PUBLIC, response=OpenInvitation)
def read_invitation(request: HttpRequest, token: str) -> dict[str, Any]:
    """What am I invited to."""
    found = queries.open_invitation(token)
    return {
        "shop_name": found.shop.name,
        "email": found.email,
        "role": found.role,
        "expires_at": found.expires_at,
    }


@open_router.post("/invitations/{token}", needs=PUBLIC, response={201: Me})
def accept_invitation(request: HttpRequest, token: str, body: AcceptBody) -> Status[dict[str, Any]]:
    """Join: with a new account, or with the one I am signed in to."""
    present = _present(request)
    agent = actions.accept_invitation(
        token=token,
        user=present,
        name=body.name,
        password=body.password,
        locale=body.locale,
        address=client_address(request),
    )
    if present is None or present.pk != agent.user_id:
        sign_in_as(request, agent.user)
    return Status(201, me_object(request, agent.user))


def _present(request: HttpRequest) -> User | None:
    try:
        return signed_in(request).user
    except Unauthenticated:
        return None


def sign_in_as(request: HttpRequest, user: User) -> None:
    get_adapter().login(request, user)
    record_authentication(request, user, method="password", email=user.email)
    UserSession.objects.create_from_request(request)


def _object(invitation: Invitation) -> dict[str, Any]:
    return {
        "id": invitation.pk,
        "email": invitation.email,
        "role": invitation.role,
        "locale": invitation.locale,
        "invited_by": invitation.invited_by_id,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
    }
