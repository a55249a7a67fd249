"""How push services know who sends: RFC 8292."""

from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from sonnim.kernel import clock
from sonnim.notifications.push.encryption import point_of, to_base64url

LASTS_S = 12 * 3600  # RFC 8292 allows 24 hours; half of it leaves room for clocks that differ


def new_key() -> str:
    """A fresh private key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_key(pem: str) -> str:
    """What a browser subscribes with: the public point in base64url."""
    return to_base64url(point_of(_key(pem).public_key()))


def authorization(endpoint: str, *, pem: str, contact: str) -> str:
    """The Authorization header for a request to `endpoint`.

    Args:
        contact: where the push service reaches the operator: an https or a mailto address.
    """
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": clock.now_ms() // 1000 + LASTS_S,
        "sub": contact,
    }
    return f"vapid t={jwt.encode(claims, _key(pem), algorithm='ES256')}, k={public_key(pem)}"


def _key(pem: str) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the signing key is of another kind")
    return key
