"""Writes to invitations. The link's token is kept as a hash; it works once, for a week."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings

from sonnim.accounts import audit, mail
from sonnim.accounts.actions.agents import add_agent
from sonnim.accounts.actions.people import create_user
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent, Invitation, User
from sonnim.accounts.queries import open_invitation
from sonnim.accounts.rules import checked_email, checked_role, may_grant
from sonnim.eventlog import log
from sonnim.kernel import clock, secrets
from sonnim.kernel.errors import Conflict, Forbidden, Invalid, NotFound

LIFETIME = timedelta(days=7)


class NewInvitation(NamedTuple):
    """An invitation with its link, which nobody can read again."""

    invitation: Invitation
    link: str


def invite_agent(*, actor: Actor, email: str, role: str, locale: str) -> NewInvitation:
    """Invite an address, by mail if the installation can send mail; a former invitation of it is void.

    Raises:
        Invalid: not an address.
        Forbidden: a role that is not the actor's to give.
        Conflict: the address already works here.
    """
    address = checked_email(email)
    if not may_grant(actor.agent.role, checked_role(role)):
        raise Forbidden("This role is not yours to give.")
    token = secrets.new_token()
    link = f"{settings.PUBLIC_URL}/console/invitation/{token}"
    with log.unit(actor.shop_id) as work:
        if Agent.objects.filter(shop_id=actor.shop_id, user__email__iexact=address, removed_at__isnull=True).exists():
            raise Conflict("This person already works here.")
        Invitation.objects.filter(shop_id=actor.shop_id, email=address, used_at__isnull=True).delete()
        invitation = Invitation.objects.create(
            shop_id=actor.shop_id,
            email=address,
            role=role,
            locale=locale,
            token_hash=secrets.hash_token(token),
            invited_by=actor.agent,
            expires_at=clock.now() + LIFETIME,
        )
        audit.record(actor, "invitation.created", target=address, role=role)
        mail.enqueue(
            work,
            "invitation",
            to=address,
            locale=locale,
            link=link,
            shop_id=actor.shop_id,
            shop=actor.agent.shop.name,
            inviter=actor.agent.name,
        )
    return NewInvitation(invitation, link)


def withdraw_invitation(*, actor: Actor, invitation_id: int) -> None:
    """Make an invitation void.

    Raises:
        NotFound: there is no such open invitation here.
        Forbidden: its role is not the actor's to give.
    """
    with log.unit(actor.shop_id):
        invitation = Invitation.objects.filter(pk=invitation_id, shop_id=actor.shop_id, used_at__isnull=True).first()
        if invitation is None:
            raise NotFound("There is no such invitation.")
        if not may_grant(actor.agent.role, invitation.role):
            raise Forbidden
        audit.record(actor, "invitation.withdrawn", target=invitation.email, role=invitation.role)
        invitation.delete()


def accept_invitation(
    *, token: str, user: User | None, name: str, password: str | None, locale: str, address: str = ""
) -> Agent:
    """Join the shop: as `user` when signed in with the invited address, else with a new account.

    Args:
        user: who is signed in, if anybody.
        address: the network address of the peer, for the audit log.

    Raises:
        NotFound: unknown, used or expired.
        Conflict: the address has an account that is not the one signed in, or already works here.
        Invalid: a new account's password is missing or too easy to guess.
    """
    invitation = open_invitation(token)
    with log.unit(invitation.shop_id):
        invitation = open_invitation(token)
        if user is None or user.email.lower() != invitation.email:
            user = _new_user(invitation, name=name, password=password, locale=locale)
        agent = add_agent(shop_id=invitation.shop_id, user=user, role=invitation.role, name=name.strip() or user.name)
        invitation.used_at = clock.now()
        invitation.save(update_fields=["used_at"])
        audit.record(Actor(agent, address), "invitation.accepted", target=invitation.email, role=invitation.role)
    return agent


def _new_user(invitation: Invitation, *, name: str, password: str | None, locale: str) -> User:
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise Conflict("There is an account with this address: sign in with it first, then open the link again.")
    if not password:
        raise Invalid(fields={"password": "is needed for a new account"})
    return create_user(email=invitation.email, name=name, password=password, locale=locale)
