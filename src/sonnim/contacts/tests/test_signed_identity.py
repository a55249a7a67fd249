"""W-9: only a token that the store's server signed, for now and not for ever, says who a shopper is."""

from datetime import timedelta
from typing import Any

import jwt
import pytest

from sonnim.contacts.identity import MAX_LIFETIME_S, prove_identity, sign_identity
from sonnim.kernel import clock
from sonnim.kernel.errors import Unauthenticated

SECRET = "a-secret-of-the-shop-that-is-long-enough-for-every-kind-of-signature"


def signed(key: str = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    now = clock.now_ms() // 1000
    return jwt.encode({"sub": "customer-7", "iat": now, "exp": now + 60, **claims}, key, algorithm=algorithm)


def test_what_the_store_signed_is_believed() -> None:
    token = sign_identity(secret=SECRET, subject="customer-7", email="kim@example.test", name="김손님")
    proven = prove_identity(token, secret=SECRET)
    assert (proven.subject, proven.email, proven.name) == ("customer-7", "kim@example.test", "김손님")


@pytest.mark.parametrize(
    "token",
    [
        signed(key="another-secret-that-is-long-enough-too"),
        signed(exp=1),
        signed(sub=""),
        signed(sub="  "),
        signed(name=7),
        signed(name="Kim\x00"),
        signed(sub="\ud800"),
        signed(exp=str(clock.now_ms() // 1000 + 60)),
        signed(iat=str(clock.now_ms() // 1000)),
        signed(exp=clock.now_ms() // 1000 + MAX_LIFETIME_S + 3600),
        jwt.encode({"sub": "customer-7"}, SECRET, algorithm="HS256"),
        jwt.encode({"sub": "customer-7", "iat": 1, "exp": 2**40}, "", algorithm="none"),
        signed(algorithm="HS512"),
        signed()[:-2] + "xx",
        "x" * 5000,
        "",
        None,
        {"sub": "customer-7"},
    ],
    ids=lambda token: str(token)[:12],
)
def test_everything_else_is_not(token: object) -> None:
    with pytest.raises(Unauthenticated):
        prove_identity(token, secret=SECRET)


def test_a_shop_without_a_secret_believes_nobody() -> None:
    with pytest.raises(Unauthenticated):
        prove_identity(signed(key="x" * 40), secret="")


def test_a_token_is_void_after_its_time() -> None:
    with clock.moved(timedelta(days=-1)):
        token = sign_identity(secret=SECRET, subject="customer-7", lifetime_s=3600)
    with pytest.raises(Unauthenticated):
        prove_identity(token, secret=SECRET)
