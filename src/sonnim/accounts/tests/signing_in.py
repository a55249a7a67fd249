"""What the sign-in tests do over and over: the browser's side of allauth's headless API."""

import base64
import hashlib
import hmac
import json
import struct
import time
from typing import Any

from tests.people import PASSWORD, Browser

from sonnim.eventlog.models import Event

API = "/_allauth/browser/v1"


def sign_in(browser: Browser, email: str, password: str = PASSWORD, **headers: str) -> Any:
    return browser.post(f"{API}/auth/login", {"email": email, "password": password}, **headers)


def signed_in(email: str) -> Browser:
    """A browser that signed in by password."""
    browser = Browser()
    assert sign_in(browser, email).status_code == 200
    return browser


def totp(secret: str, *, at: float | None = None) -> str:
    """The six digits of RFC 6238 that an authenticator app shows."""
    counter = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def prove_again(browser: Browser) -> None:
    """Give the password once more, as allauth asks before a second factor changes."""
    assert browser.post(f"{API}/auth/reauthenticate", {"password": PASSWORD}).status_code == 200


def activate_totp(browser: Browser) -> str:
    """Set up an authenticator app; answers its secret."""
    prove_again(browser)
    secret = str(browser.get(f"{API}/account/authenticators/totp").json()["meta"]["secret"])
    answer = browser.post(f"{API}/account/authenticators/totp", {"code": totp(secret)})
    assert answer.status_code == 200, answer.content
    return secret


def ended_sessions(shop_id: int) -> list[dict[str, str]]:
    """What `session.ended` has told the shop, oldest first."""
    events = Event.objects.filter(shop_id=shop_id, type="session.ended").order_by("pos")
    return [told for event in events for told in json.loads(event.desk)["put"]["session"].values()]
