"""Pure rules of who may grant and change what, and of what a shop's settings may hold."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from sonnim.accounts.permissions import Permission, Role, allows, outranks
from sonnim.kernel.errors import Forbidden, Invalid
from sonnim.kernel.text import LOCALES

MAX_ORIGINS = 20
MAX_GREETING = 300
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|\[[0-9a-f:.]+\]")


def may_grant(own_role: str, role: str) -> bool:
    """Owners give any role; everybody else only roles below their own."""
    return allows(own_role, Permission.OWNER_MANAGE) or outranks(own_role, role)


def require_above(own_role: str, other_role: str) -> None:
    """Raises: Forbidden, unless `own_role` stands above `other_role` or is an owner."""
    if not may_grant(own_role, other_role):
        raise Forbidden("You can change only people whose role is below yours.")


def checked_role(role: str) -> str:
    """Raises: Invalid, when there is no such role."""
    if role not in set(Role):
        raise Invalid(fields={"role": "must be owner, admin, lead or agent"})
    return role


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


def checked_greeting(greeting: Mapping[str, str]) -> dict[str, str]:
    """A greeting for each language; an empty one is dropped. Raises: Invalid."""
    if set(greeting) - set(LOCALES):
        raise Invalid(fields={"greeting": "must have the languages ko, zh and en"})
    if any(len(text) > MAX_GREETING for text in greeting.values()):
        raise Invalid(fields={"greeting": f"at most {MAX_GREETING} characters"})
    return {locale: text.strip() for locale, text in greeting.items() if text.strip()}
