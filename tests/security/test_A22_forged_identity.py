"""A22: who says to be a customer without the store's signature is nobody, and sees nothing of that customer."""

import base64
import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jwt
import pytest

from sonnim.contacts.identity import sign_identity
from tests.protocol.desk import Desk, Who
from tests.security.owner import Owner

SUBJECT = "customer-1"
SECRET_TEXT = "My address is 3 Celadon Street."


@dataclass
class Victim:
    """A proven customer who has written."""

    desk: Desk
    contact: int
    token: str
    secret: str
    old_secret: str

    def visit(self, identity: object, token: str | None = None) -> dict[str, Any]:
        body = {"key": self.desk.key, "token": token, "locale": "en", "identity": identity}
        answer = self.desk.http.post("/api/v1/widget/session", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@pytest.fixture(scope="module")
def victim(desk: Desk) -> Iterator[Victim]:
    with Owner(desk) as owner:
        old, new = owner.identity_secret(), owner.identity_secret()
    begun = Victim(desk, 0, "", new, old)
    answer = begun.visit(sign_identity(secret=new, subject=SUBJECT, name="Victim"))
    begun.contact, begun.token = answer["contact"]["id"], answer["token"]
    who = Who("visitor", begun.contact, begun.token, desk.shop)
    desk.call(who, "POST", "/messages", {"client_id": str(uuid.uuid4()), "text": SECRET_TEXT})
    yield begun


def part(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


def forgeries(victim: Victim) -> dict[str, object]:
    now = int(time.time())
    claims = {"sub": SUBJECT, "email": "v@shop.test", "name": "Victim", "iat": now, "exp": now + 600}
    right = sign_identity(secret=victim.secret, subject=SUBJECT)
    head, body, signature = right.split(".")
    other_body = part({**claims, "sub": "customer-2"})

    def signed(changed: dict[str, object], secret: str = victim.secret, **how: Any) -> str:
        wanted = {key: value for key, value in {**claims, **changed}.items() if value is not None}
        return jwt.encode(wanted, secret, **{"algorithm": "HS256", **how})

    return {
        "bare name": SUBJECT,
        "claims": json.dumps(claims),
        "no signature": f"{head}.{body}.",
        "two parts": f"{head}.{body}",
        "signature of other claims": f"{head}.{other_body}.{signature}",
        "cut signature": right[:-3],
        "wrong secret": signed({}, "another secret of sufficient length"),
        "old secret": signed({}, victim.old_secret),
        "empty secret": f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}." + part(""),
        "public key as secret": signed({}, victim.desk.key + victim.desk.key),
        "alg none": f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims)}.",
        "alg None": f"{part({'alg': 'None'})}.{part(claims)}.{signature}",
        "alg missing": f"{part({'typ': 'JWT'})}.{part(claims)}.{signature}",
        "alg HS384": signed({}, victim.secret * 2, algorithm="HS384"),
        "another algorithm is claimed": f"{part({'alg': 'HS512', 'typ': 'JWT'})}.{body}.{signature}",
        "key in the header": signed(
            {}, "another secret of sufficient length", headers={"jwk": {"kty": "oct", "k": "YQ"}}
        ),
        "kid is a path": signed({}, "another secret of sufficient length", headers={"kid": "../../dev/null"}),
        "expired": signed({"iat": now - 4000, "exp": now - 100}),
        "no end": signed({"exp": None}),
        "too long a life": signed({"exp": now + 10 * 24 * 3600}),
        "not yet": signed({"iat": now + 3600, "exp": now + 7200}),
        "no subject": signed({"sub": None}),
        "blank subject": signed({"sub": "  "}),
        "huge": "a" * 5000,
        "dots": "...",
        "unicode": "고객.서명.없음",
    }


def test_the_right_signature_shows_the_history(victim: Victim) -> None:
    answer = victim.visit(sign_identity(secret=victim.secret, subject=SUBJECT))
    assert answer["contact"] == {"id": victim.contact, "name": "Victim", "verified": True, "reachable": False}
    assert [entry["text"] for entry in answer["entries"]] == [SECRET_TEXT]
    assert answer["token"] != victim.token


def test_no_forgery_is_anybody(victim: Victim) -> None:
    for name, forged in forgeries(victim).items():
        answer = victim.visit(forged)
        assert not answer["contact"]["verified"], name
        assert answer["contact"]["id"] != victim.contact, name
        assert answer["contact"]["name"] is None, name
        assert (answer["entries"], answer["conversation"]) == ([], None), name
        assert SECRET_TEXT not in json.dumps(answer), name


def test_a_forgery_does_not_take_a_visitors_own_conversation_away(victim: Victim) -> None:
    visitor = victim.desk.visitor()
    body = {"client_id": str(uuid.uuid4()), "text": "mine"}
    victim.desk.call(visitor, "POST", "/messages", body)
    for name, forged in forgeries(victim).items():
        answer = victim.visit(forged, visitor.token)
        assert (answer["contact"]["id"], answer["token"]) == (visitor.id, visitor.token), name
        assert [entry["text"] for entry in answer["entries"]] == ["mine"], name


@pytest.mark.parametrize("identity", [0, True, {"sub": SUBJECT}, [SUBJECT], 1.5])
def test_an_identity_that_is_no_text_is_refused(victim: Victim, identity: object) -> None:
    body = {"key": victim.desk.key, "token": None, "locale": "en", "identity": identity}
    assert victim.desk.http.post("/api/v1/widget/session", json=body).status_code == 422


def test_a_customers_key_without_proof_shows_nothing(victim: Victim) -> None:
    """The customer has signed out of the store; whoever sits at that browser now is somebody else."""
    answer = victim.visit(None, victim.token)
    assert answer["contact"]["id"] != victim.contact
    assert answer["entries"] == []


def test_a_signature_of_another_shop_is_worth_nothing(victim: Victim, other: Desk) -> None:
    with Owner(other) as owner:
        secret = owner.identity_secret()
    answer = victim.visit(sign_identity(secret=secret, subject=SUBJECT))
    assert answer["contact"]["id"] != victim.contact
    assert not answer["contact"]["verified"]


def test_a_shopper_cannot_name_itself_into_a_customer(victim: Victim) -> None:
    visitor = victim.desk.visitor()
    for body in ({"verified": True}, {"id": victim.contact}, {"identity": SUBJECT}, {"merged_into": victim.contact}):
        victim.desk.call(visitor, "PATCH", "/contact", body, expect=422)
    victim.desk.call(visitor, "PATCH", "/contact", {"name": "Victim", "email": "v@shop.test"})
    assert victim.visit(None, visitor.token)["entries"] == []
