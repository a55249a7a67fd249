"""Requests as providers of mail make them, signed with keys of our own."""

import base64
import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID
from django.test import Client
from tests.people import People
from tests.postbag import written

from sonnim.channels.kinds.postbox.keys import sealed
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.kernel import clock
from sonnim.kernel.secrets import hash_token

SECRET = "the-secret-part-of-the-address"
MAILGUN_KEY = "key-of-mailgun"
RAW = written("달항아리는 언제 오나요?", message_id="<one@mail.example>").decode()
AMAZON_KEY = rsa.generate_private_key(65537, 2048)
SENDGRID_KEY = ec.generate_private_key(ec.SECP256R1())
CERTIFICATE_URL = "https://sns.ap-northeast-2.amazonaws.com/SimpleNotificationService-1.pem"


def public_key() -> str:
    """SendGrid's, as its settings show it."""
    der = SENDGRID_KEY.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(der).decode()


def certificate() -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(AMAZON_KEY.public_key())
        .serial_number(7).not_valid_before(datetime.now(UTC)).not_valid_after(datetime.now(UTC) + timedelta(days=1))
    )  # fmt: skip
    return made.sign(AMAZON_KEY, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def mailbox_of(people: People, provider: str, **secrets_given: str) -> Mailbox:
    return Mailbox.objects.create(
        shop=people.shop, address="help@ongi.example", way_in="provider", provider=provider, hook=hash_token(SECRET),
        secrets=sealed(secrets_given),
    )  # fmt: skip


def post(mailbox: Mailbox, content: Any, *, secret: str = SECRET, provider: str = "", **headers: str) -> int:
    """Post JSON (a string or an object) or a form (a list of fields); answers the status."""
    path = f"/hooks/mail/{mailbox.pk}/{secret}/{provider or mailbox.provider}"
    if isinstance(content, Form):
        answer = Client(headers=headers).post(path, content.body, content_type=content.type)
    else:
        body = content if isinstance(content, str | bytes) else json.dumps(content)
        answer = Client(headers=headers).post(path, body, content_type="application/json")
    return answer.status_code


class Form:
    """A multipart form; files as (name, type, content)."""

    def __init__(self, fields: dict[str, Any]) -> None:
        mark = secrets.token_hex(12)
        self.type = f"multipart/form-data; boundary={mark}"
        parts = []
        for name, value in fields.items():
            head = f'Content-Disposition: form-data; name="{name}"'
            if isinstance(value, tuple):
                head += f'; filename="{value[0]}"\r\nContent-Type: {value[1]}'
                value = value[2]
            content = value if isinstance(value, bytes) else value.encode()
            parts.append(f"--{mark}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
        self.body = b"".join(parts) + f"--{mark}--\r\n".encode()


def mailgun_signature(*, key: str = MAILGUN_KEY, age_s: int = 0) -> dict[str, str]:
    timestamp, token = str(clock.now_ms() // 1000 - age_s), secrets.token_hex(25)
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": timestamp, "token": token, "signature": signature}


def mailgun(raw: str = RAW, **signing: Any) -> Form:
    fields = {"recipient": "help@ongi.example", "sender": "haneul@mail.example", "body-mime": raw}
    return Form({**fields, **mailgun_signature(**signing)})


def sendgrid(raw: str = RAW) -> Form:
    envelope = json.dumps({"from": "haneul@mail.example", "to": ["help@ongi.example"]})
    return Form({"email": raw, "envelope": envelope, "charsets": "{}"})


def postmark(raw: str = RAW, *, message_id: str = "a8c1040e-db1c-4e18") -> dict[str, Any]:
    return {
        "MessageID": message_id, "FromFull": {"Email": "haneul@mail.example", "Name": "김하늘"},
        "OriginalRecipient": "help@ongi.example",
        "Headers": [{"Name": "Return-Path", "Value": "<haneul@mail.example>"}], "RawEmail": raw,
    }  # fmt: skip


def amazon(message: Any, *, kind: str = "Notification", **changed: str) -> dict[str, Any]:
    """A signed notification; `changed` after it was signed."""
    found = {
        "Type": kind, "MessageId": secrets.token_hex(16), "TopicArn": "arn:aws:sns:ap-northeast-2:1:mail",
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": "2026-11-22T10:00:00.000Z", "SignatureVersion": "2", "SigningCertURL": CERTIFICATE_URL,
    }  # fmt: skip
    if kind == "SubscriptionConfirmation":
        found |= {"Token": "t", "SubscribeURL": "https://sns.ap-northeast-2.amazonaws.com/?Action=ConfirmSubscription"}
    signed = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
    text = "".join(f"{name}\n{found[name]}\n" for name in signed if name in found)
    found["Signature"] = base64.b64encode(
        AMAZON_KEY.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    ).decode()  # fmt: skip
    return {**found, **changed}


def amazon_mail(raw: str = RAW) -> dict[str, Any]:
    return {
        "notificationType": "Received", "content": base64.b64encode(raw.encode()).decode(),
        "mail": {"source": "haneul@mail.example", "messageId": "ses-1"},
        "receipt": {"recipients": ["help@ongi.example"], "action": {"type": "SNS", "encoding": "BASE64"}},
    }  # fmt: skip
