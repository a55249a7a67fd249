"""Whether a provider has really posted something. What has no signature of its own has the secret in its address."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import load_pem_x509_certificate

from sonnim.channels.kinds.postbox.hooks.posted import Posted
from sonnim.kernel import clock
from sonnim.kernel.http import fetch

KEY = "provider_secret"
"""The name of the secret that a provider signs by."""
RETRIES_S = 9 * 3600
"""How old a signature may be. Mailgun posts again for eight hours, with the signature of the first time: to refuse it
after minutes would lose every mail that came while we were away. That each comes once is the business of keys."""
AMAZON = re.compile(r"sns\.[a-z0-9-]{1,30}\.amazonaws\.com(?:\.cn)?")
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    "UnsubscribeConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}


class Unsigned(Exception):
    """Nothing says that this comes from the provider."""


def check(posted: Posted, secrets: Mapping[str, str]) -> None:
    """Raises: Unsigned."""
    key = secrets.get(KEY, "")
    if posted.provider == "mailgun":
        _check_mailgun(posted, key)
    elif posted.provider == "sendgrid" and key and not posted.raw_fields:
        _check_sendgrid(posted, key)  # its mails are not signed, its reports may be
    elif posted.provider == "amazon_ses":
        _check_amazon(posted)


def _check_mailgun(posted: Posted, key: str) -> None:
    found = posted.json.get("signature") or posted.fields
    values = [
        str(found.get(name, "")) if isinstance(found, dict) else "" for name in ("timestamp", "token", "signature")
    ]
    timestamp, token, signature = values
    expected = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    if not key or not token or not hmac.compare_digest(expected.encode(), signature.encode()):
        raise Unsigned
    if not timestamp.isdecimal() or abs(clock.now_ms() / 1000 - int(timestamp)) > RETRIES_S:
        raise Unsigned


def _check_sendgrid(posted: Posted, key: str) -> None:
    pem = f"-----BEGIN PUBLIC KEY-----\n{key}\n-----END PUBLIC KEY-----".encode()
    stamp = posted.headers.get("x-twilio-email-event-webhook-timestamp", "")
    try:
        signature = base64.b64decode(posted.headers.get("x-twilio-email-event-webhook-signature", ""))
        public = serialization.load_pem_public_key(pem)
        assert isinstance(public, ec.EllipticCurvePublicKey)
        public.verify(signature, stamp.encode() + posted.body, ec.ECDSA(hashes.SHA256()))
    except (ValueError, AssertionError, InvalidSignature) as error:
        raise Unsigned from error


def _check_amazon(posted: Posted) -> None:
    """As Amazon describes it: a certificate of theirs, over the fields in the order of their names."""
    found = posted.json
    names = _SIGNED.get(str(found.get("Type")), ())
    text = "".join(f"{name}\n{found[name]}\n" for name in names if found.get(name) is not None)
    hashed = hashes.SHA256() if str(found.get("SignatureVersion")) == "2" else hashes.SHA1()  # noqa: S303
    try:
        public = load_pem_x509_certificate(_certificate(str(found.get("SigningCertURL", "")))).public_key()
        assert isinstance(public, rsa.RSAPublicKey)
        signature = base64.b64decode(str(found.get("Signature", "")))
        public.verify(signature, text.encode(), padding.PKCS1v15(), hashed)
    except (ValueError, AssertionError, InvalidSignature) as error:
        raise Unsigned from error


@lru_cache(maxsize=8)
def _certificate(url: str) -> bytes:
    parts = urlsplit(url)
    if parts.scheme != "https" or not AMAZON.fullmatch(parts.hostname or "") or not parts.path.endswith(".pem"):
        raise Unsigned
    answer = fetch(url, timeout_s=10, max_bytes=64 * 1024)
    if answer.status != 200:
        raise ValueError("no certificate")
    return answer.body
