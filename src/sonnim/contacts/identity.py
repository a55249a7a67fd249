"""Signed identity (W-9): the store's server vouches for who a visitor is, with a token signed HS256."""

from dataclasses import dataclass

import jwt

from sonnim.kernel import clock
from sonnim.kernel.errors import Unauthenticated

MAX_LIFETIME_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class ProvenIdentity:
    """What a valid token says: the store's own number for the customer, and what it knows of them."""

    subject: str
    email: str
    name: str


def sign_identity(*, secret: str, subject: str, email: str = "", name: str = "", lifetime_s: int = 3600) -> str:
    """Make a token as a store's server would.

    Args:
        secret: the shop's identity secret.
        subject: the store's own, lasting number of the customer.
        lifetime_s: seconds until the token is void, at most a day.
    """
    issued = clock.now_ms() // 1000
    claims = {"sub": subject, "email": email, "name": name, "iat": issued, "exp": issued + lifetime_s}
    return jwt.encode(claims, secret, algorithm="HS256")


def prove_identity(token: object, *, secret: str) -> ProvenIdentity:
    """Check a token.

    Raises:
        Unauthenticated: no secret is set, or the token is malformed, unsigned, expired, or signed with another secret.
    """
    if not isinstance(token, str) or not secret or len(token) > 4096:
        raise Unauthenticated("The identity is not signed.")
    try:
        claims = jwt.decode(token, secret, algorithms=["HS256"], options={"require": ["exp", "iat", "sub"]}, leeway=30)
    except jwt.PyJWTError:
        raise Unauthenticated("The identity's signature is not valid.") from None
    subject, email, name = (claims.get(key, "") for key in ("sub", "email", "name"))
    if not all(isinstance(value, str) for value in (subject, email, name)) or not subject.strip():
        raise Unauthenticated("The identity names nobody.")
    if "\x00" in subject + email + name or not _is_unicode(subject + email + name):
        raise Unauthenticated("The identity holds characters that cannot be kept.")
    if not all(isinstance(claims[key], int | float) for key in ("exp", "iat")):
        raise Unauthenticated("The identity's times must be numbers.")
    if claims["exp"] - claims["iat"] > MAX_LIFETIME_S:
        raise Unauthenticated("The identity is valid for too long; a day is the limit.")
    return ProvenIdentity(subject[:254], email[:254], name[:120])


def _is_unicode(text: str) -> bool:
    """False for half of a surrogate pair, which JSON can write and no database can keep."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
