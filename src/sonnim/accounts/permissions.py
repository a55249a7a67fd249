"""The one table of roles and what they may do, and within which bounds a shop may change it."""

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
    CONVERSATION_TAG = "conversation.tag"
    CONVERSATION_EXPORT = "conversation.export"
    CONVERSATION_REDACT = "conversation.redact"
    CONTACT_READ = "contact.read"
    CONTACT_EDIT = "contact.edit"
    CONTACT_MERGE = "contact.merge"
    CONTACT_BLOCK = "contact.block"
    AGENT_READ = "agent.read"
    ATTACHMENT_UPLOAD = "attachment.upload"
    AGENT_INVITE = "agent.invite"
    TEAM_MANAGE = "team.manage"
    CANNED_MANAGE = "canned.manage"
    TAG_MANAGE = "tag.manage"
    PLAN_MANAGE = "plan.manage"
    VIEW_SHARE = "view.share"
    QUALITY_REVIEW = "quality.review"
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
        P.CONVERSATION_TAG,
        P.CONTACT_READ,
        P.CONTACT_EDIT,
        P.CONTACT_MERGE,
        P.CONTACT_BLOCK,
        P.AGENT_READ,
        P.ATTACHMENT_UPLOAD,
    }
)
_LEAD = _AGENT | {
    P.AGENT_INVITE,
    P.TEAM_MANAGE,
    P.CANNED_MANAGE,
    P.AUDIT_READ,
    P.CONVERSATION_EXPORT,
    P.CONVERSATION_REDACT,
    P.TAG_MANAGE,
    P.PLAN_MANAGE,
    P.VIEW_SHARE,
    P.QUALITY_REVIEW,
}
_ADMIN = _LEAD | {P.AGENT_MANAGE, P.SHOP_CONFIGURE, P.TOKEN_MANAGE}
_OWNER = _ADMIN | {P.OWNER_MANAGE}

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.OWNER: _OWNER,
    Role.ADMIN: _ADMIN,
    Role.LEAD: _LEAD,
    Role.AGENT: _AGENT,
}

_ORDER = [Role.AGENT, Role.LEAD, Role.ADMIN, Role.OWNER]


Changes = Mapping[str, Mapping[str, bool]]
"""What a shop has changed: role → permission → whether the role has it. What it leaves out is as in the table."""

# Without these the console shows nothing at all.
_EVERYBODYS = frozenset({P.CONVERSATION_READ, P.CONTACT_READ, P.AGENT_READ})
# Whoever may hire, dismiss and configure can make themselves anything; that begins at admin.
_FROM_ADMIN = frozenset({P.AGENT_MANAGE, P.SHOP_CONFIGURE})
_OWNERS = frozenset({P.OWNER_MANAGE})


def changeable(role: str) -> frozenset[Permission]:
    """What a shop may give to a role or take from it. Nothing can be taken from owners: who would give it back?"""
    if role == Role.OWNER or role not in ROLE_PERMISSIONS:
        return frozenset()
    free = frozenset(Permission) - _EVERYBODYS - _OWNERS
    return free if role == Role.ADMIN else free - _FROM_ADMIN


def permissions_of(role: str, changes: Changes) -> frozenset[Permission]:
    """All that a role may do in a shop; an unknown role nothing."""
    if role not in ROLE_PERMISSIONS:
        return frozenset()
    usual, changed, free = ROLE_PERMISSIONS[Role(role)], changes.get(role, {}), changeable(role)
    given = {permission for permission in free if changed.get(permission.value)}
    taken = {permission for permission in free if changed.get(permission.value) is False}
    return (usual | given) - taken


def allows(role: str, permission: Permission, changes: Changes) -> bool:
    """Whether a role carries a permission in a shop with these changes; an unknown role carries none."""
    if role not in ROLE_PERMISSIONS:
        return False
    told = changes.get(role, {}).get(permission.value) if changes else None
    if told is not None and permission in changeable(role):
        return told
    return permission in ROLE_PERMISSIONS[Role(role)]


def outranks(role: str, other: str) -> bool:
    """Whether `role` stands above `other`; nobody changes a peer or a superior."""
    return _ORDER.index(Role(role)) > _ORDER.index(Role(other))
