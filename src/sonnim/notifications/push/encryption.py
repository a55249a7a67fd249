"""Encryption of a push for one browser: RFC 8291 over RFC 8188, with nothing but the primitives of `cryptography`."""

import base64
import binascii
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096
MAX_PLAIN = RECORD - 16 - 1 - 86  # a push service takes 4,096 bytes in all: tag, padding mark, header
_AUTH_BYTES, _POINT_BYTES = 16, 65


def from_base64url(text: str) -> bytes:
    """Read base64url without padding. Raises: ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64url") from error


def to_base64url(data: bytes) -> str:
    """Write base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as an uncompressed point."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def check_keys(p256dh: str, auth: str) -> None:
    """Raises: ValueError, when these are not a browser's keys."""
    _browser_key(from_base64url(p256dh))
    if len(from_base64url(auth)) != _AUTH_BYTES:
        raise ValueError("auth must have 16 bytes")


def _browser_key(point: bytes) -> ec.EllipticCurvePublicKey:
    if len(point) != _POINT_BYTES:
        raise ValueError("p256dh must be an uncompressed point")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def encrypt(
    plain: bytes,
    *,
    p256dh: str,
    auth: str,
    salt: bytes | None = None,
    own: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body of a push, in one record, with the coding `aes128gcm`.

    Args:
        p256dh, auth: the browser's keys, as it gave them.
        salt, own: only for tests; fresh ones otherwise, for each push.

    Raises:
        ValueError: longer than MAX_PLAIN bytes, or no keys.
    """
    if len(plain) > MAX_PLAIN:
        raise ValueError(f"longer than {MAX_PLAIN} bytes")
    salt = salt or os.urandom(16)
    own = own or ec.generate_private_key(ec.SECP256R1())
    theirs = from_base64url(p256dh)
    shared = own.exchange(ec.ECDH(), _browser_key(theirs))
    mine = point_of(own.public_key())
    secret = _derive(shared, from_base64url(auth), b"WebPush: info\0" + theirs + mine, 32)
    key = _derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(secret, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(mine)]) + mine
    return header + AESGCM(key).encrypt(nonce, plain + b"\x02", None)


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
