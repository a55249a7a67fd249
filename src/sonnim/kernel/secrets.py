"""Tokens, their hashes, and sealing of secrets that must be read again."""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken

from sonnim.kernel.errors import NotFound


def new_token(prefix: str = "") -> str:
    """A fresh token of 256 bits from the system's generator, with a readable prefix."""
    return prefix + secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """The hex SHA-256 under which a token is stored. Tokens carry 256 bits, so no salt or stretching is due."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two strings in constant time."""
    return hmac.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=4)
def _fernet(secret_key: str) -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(hashlib.blake2b(secret_key.encode(), digest_size=32, person=b"sonnim-seal").digest())
    )


def seal(plain: str, *, secret_key: str) -> str:
    """Encrypt and authenticate a secret for storage."""
    return _fernet(secret_key).encrypt(plain.encode()).decode()


def unseal(sealed: str, *, secret_key: str) -> str:
    """Read a sealed secret.

    Raises:
        NotFound: it was sealed under another installation's key, or altered.
    """
    try:
        return _fernet(secret_key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise NotFound("This secret was sealed by another installation; set it again.") from None
