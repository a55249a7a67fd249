"""Pure rules of who may grant and change what, and of what a shop's settings may hold."""

import re
from collections.abc import Collection, Mapping
from itertools import pairwise
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from sonnim.accounts.permissions import ROLE_PERMISSIONS, Changes, Role, changeable, outranks, permissions_of
from sonnim.kernel.errors import Forbidden, Invalid

MAX_ORIGINS = 20
_EMAIL = re.compile(r"[^\s@\"(),:;<>\[\]\\]+@[^\s@\"(),:;<>\[\]\\.]+(\.[^\s@\"(),:;<>\[\]\\.]+)+")
BUSINESS = ("name", "representative", "registration", "sales_report", "address", "email", "phone")
"""Who answers for a shop, as trade law asks of it in Korea and China, and good manners everywhere."""
MAX_BUSINESS = 300
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|\[[0-9a-f:.]+\]")


def may_grant(own_role: str, role: str) -> bool:
    """Owners give any role; everybody else only roles below their own."""
    return own_role == Role.OWNER or outranks(own_role, role)


def require_above(own_role: str, other_role: str) -> None:
    """Raises: Forbidden, unless `own_role` stands above `other_role` or is an owner."""
    if not may_grant(own_role, other_role):
        raise Forbidden("You can change only people whose role is below yours.")


def checked_role(role: str) -> str:
    """Raises: Invalid, when there is no such role."""
    if role not in set(Role):
        raise Invalid(fields={"role": "must be owner, admin, lead or agent"})
    return role


def checked_changes(wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, bool]]:
    """How the roles that a shop wants differ from the table.

    Args:
        wanted: role → all its permissions; a role that is left out is as in the table.

    Raises:
        Invalid: an unknown role or permission, one that is not the shop's to give or take, or a role that would lack
            what a lower one has: promoting somebody must never take anything from them.
    """
    changes: dict[str, dict[str, bool]] = {}
    for role, names in wanted.items():
        if not changeable(role):
            raise Invalid(fields={"roles": f"{role[:40]!r} cannot be changed"})
        free = {permission.value for permission in changeable(role)}
        usual = {permission.value for permission in ROLE_PERMISSIONS[Role(role)]}
        refused = (set(names) ^ usual) - free
        if refused:
            raise Invalid(fields={"roles": f"{role} cannot have {', '.join(sorted(refused))[:200]} changed"})
        if set(names) != usual:
            changes[role] = {name: name in names for name in sorted(set(names) ^ usual)}
    _require_steps(changes)
    return changes


def _require_steps(changes: Changes) -> None:
    steps = [permissions_of(role, changes) for role in (Role.AGENT, Role.LEAD, Role.ADMIN)]
    for lower, higher in pairwise(steps):
        if not lower <= higher:
            missing = ", ".join(sorted(lower - higher))
            raise Invalid(fields={"roles": f"a higher role must have what a lower one has: {missing}"})


def checked_email(email: str) -> str:
    """An address in lower case. Raises: Invalid."""
    address = email.strip().lower()
    if not _EMAIL.fullmatch(address):
        raise Invalid(fields={"email": "must be an e-mail address"})
    if len(address) > 254:
        raise Invalid(fields={"email": "at most 254 characters"})
    return address


def checked_color(color: str) -> str:
    """`#RRGGBB` in upper case. Raises: Invalid."""
    if not _COLOR.fullmatch(color):
        raise Invalid(fields={"color": "must look like #0F766E"})
    return color.upper()


def checked_timezone(name: str) -> str:
    """Raises: Invalid, when it is not a name of the IANA database."""
    if name not in available_timezones():
        raise Invalid(fields={"timezone": "must be an IANA zone such as Asia/Seoul"})
    return name


def checked_origins(origins: list[str]) -> list[str]:
    """Origins as browsers send them (lower case, punycode, no default port), each once. Raises: Invalid."""
    if len(origins) > MAX_ORIGINS:
        raise Invalid(fields={"allowed_origins": f"at most {MAX_ORIGINS}"})
    return list(dict.fromkeys(_origin(origin) for origin in origins))


def _origin(text: str) -> str:
    wrong = Invalid(fields={"allowed_origins": f"{text[:80]!r} is not an origin such as https://shop.example"})
    try:
        parts = urlsplit(text.strip().rstrip("/"))
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode().lower() if ":" not in (parts.hostname or "") else ""
    except (ValueError, UnicodeError):
        raise wrong from None
    if ":" in (parts.hostname or ""):
        host = f"[{parts.hostname}]"
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        raise wrong
    if parts.path or parts.query or parts.fragment or "@" in parts.netloc or "?" in text or "#" in text:
        raise wrong
    standard = port is None or (parts.scheme, port) in {("http", 80), ("https", 443)}
    return f"{parts.scheme}://{host}" + ("" if standard else f":{port}")


def checked_business(business: Mapping[str, str]) -> dict[str, str]:
    """Who answers for the shop; an empty field is dropped. Raises: Invalid."""
    if set(business) - set(BUSINESS):
        raise Invalid(fields={"business": f"must have no other fields than {', '.join(BUSINESS)}"})
    if any(len(text) > MAX_BUSINESS for text in business.values()):
        raise Invalid(fields={"business": f"at most {MAX_BUSINESS} characters each"})
    return {name: business[name].strip() for name in BUSINESS if business.get(name, "").strip()}
