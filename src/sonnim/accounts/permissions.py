"""The one table of roles and what they may do."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """A place in a shop; each role may do all that the next lower one may."""

    OWNER = "owner"
    ADMIN = "admin"
    LEAD = "lead"
    AGENT = "agent"


class Permission(StrEnum):
    """Something that a route, a frame or an action asks for."""

    CONVERSATION_READ = "conversation.read"
    CONVERSATION_REPLY = "conversation.reply"
    CONVERSATION_NOTE = "conversation.note"
    CONVERSATION_ASSIGN = "conversation.assign"
    CONVERSATION_RESOLVE = "conversation.resolve"
    CONTACT_READ = "contact.read"
    CONTACT_EDIT = "contact.edit"
    AGENT_READ = "agent.read"
    ATTACHMENT_UPLOAD = "attachment.upload"
    AGENT_INVITE = "agent.invite"
    TEAM_MANAGE = "team.manage"
    AUDIT_READ = "audit.read"
    AGENT_MANAGE = "agent.manage"
    SHOP_CONFIGURE = "shop.configure"
    TOKEN_MANAGE = "token.manage"  # noqa: S105
    OWNER_MANAGE = "owner.manage"


P = Permission

_AGENT = frozenset(
    {
        P.CONVERSATION_READ,
        P.CONVERSATION_REPLY,
        P.CONVERSATION_NOTE,
        P.CONVERSATION_ASSIGN,
        P.CONVERSATION_RESOLVE,
        P.CONTACT_READ,
        P.CONTACT_EDIT,
        P.AGENT_READ,
        P.ATTACHMENT_UPLOAD,
    }
)
_LEAD = _AGENT | {P.AGENT_INVITE, P.TEAM_MANAGE, P.AUDIT_READ}
_ADMIN = _LEAD | {P.AGENT_MANAGE, P.SHOP_CONFIGURE, P.TOKEN_MANAGE}
_OWNER = _ADMIN | {P.OWNER_MANAGE}

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.OWNER: _OWNER,
    Role.ADMIN: _ADMIN,
    Role.LEAD: _LEAD,
    Role.AGENT: _AGENT,
}

_ORDER = [Role.AGENT, Role.LEAD, Role.ADMIN, Role.OWNER]


def allows(role: str, permission: Permission) -> bool:
    """Whether a role carries a permission; an unknown role carries none."""
    return role in ROLE_PERMISSIONS and permission in ROLE_PERMISSIONS[Role(role)]


def outranks(role: str, other: str) -> bool:
    """Whether `role` stands above `other`; nobody changes a peer or a superior."""
    return _ORDER.index(Role(role)) > _ORDER.index(Role(other))
