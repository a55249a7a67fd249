"""The only writers of shops, people, teams, invitations and tokens: one action, one transaction, one event."""

from sonnim.accounts.actions.agents import add_agent, change_agent, remove_agent, set_availability
from sonnim.accounts.actions.invitations import NewInvitation, accept_invitation, invite_agent, withdraw_invitation
from sonnim.accounts.actions.opening import finish_welcome, open_further_shop, set_up
from sonnim.accounts.actions.people import change_profile, create_user, set_password
from sonnim.accounts.actions.roles import change_roles
from sonnim.accounts.actions.shops import (
    NewShop,
    change_settings,
    create_shop,
    remove_shop,
    rotate_identity_secret,
)
from sonnim.accounts.actions.teams import change_team, create_team, delete_team
from sonnim.accounts.actions.tokens import NewToken, create_token, revoke_token

__all__ = [
    "NewInvitation",
    "NewShop",
    "NewToken",
    "accept_invitation",
    "add_agent",
    "change_agent",
    "change_profile",
    "change_roles",
    "change_settings",
    "change_team",
    "create_shop",
    "create_team",
    "create_token",
    "create_user",
    "delete_team",
    "finish_welcome",
    "invite_agent",
    "open_further_shop",
    "remove_agent",
    "remove_shop",
    "revoke_token",
    "rotate_identity_secret",
    "set_availability",
    "set_password",
    "set_up",
    "withdraw_invitation",
]
