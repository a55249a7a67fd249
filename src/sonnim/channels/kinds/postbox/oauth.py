"""Signing in with OAuth 2: access tokens from the refresh token that an owner has granted us (RFC 6749, section 6)."""

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from sonnim.channels.kinds.postbox.actions.reading import keep_refresh_token
from sonnim.channels.kinds.postbox.keys import secrets_of
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.kernel import clock
from sonnim.kernel.http import Refused, Unreachable, fetch

_TIMEOUT_S = 15
_SOONER_S = 60  # a token that ends while we sign in is of no use
_USUAL_LIFE_S = 3600
_kept: dict[str, "Grant"] = {}
_lock = threading.Lock()


class NoToken(Exception):
    """There is no access token; the message has the server's own words.

    Args:
        permanent: the grant has ended: an owner has to sign in anew.
    """

    def __init__(self, note: str, *, permanent: bool) -> None:
        super().__init__(note)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Grant:
    """An access token, good until `until` (of clock.monotonic), and the refresh token that holds from now on."""

    token: str
    refresh: str
    until: float


def token_of(mailbox: Mailbox) -> str:
    """The access token of a mailbox; a refresh token that the server has replaced is kept in its place.

    Raises:
        NoToken.
    """
    secrets = secrets_of(mailbox)
    granted = grant(secrets)
    if granted.refresh != secrets.get("oauth_refresh"):
        keep_refresh_token(
            shop_id=mailbox.shop_id, mailbox_id=mailbox.pk, was=secrets.get("oauth_refresh", ""), now=granted.refresh
        )
    return granted.token


def grant(secrets: Mapping[str, str]) -> Grant:
    """An access token for these secrets (oauth_token_url, oauth_client_id, oauth_client_secret, oauth_refresh).

    Raises:
        NoToken.
    """
    key = hashlib.sha256(json.dumps(sorted(secrets.items())).encode()).hexdigest()
    with _lock:
        known = _kept.get(key)
    if known is not None and known.until > clock.monotonic():
        return known
    granted = _ask(secrets)
    with _lock:
        for gone in [each for each, was in _kept.items() if was.until <= clock.monotonic()]:
            del _kept[gone]
        _kept[key] = granted
    return granted


def forget(secrets: Mapping[str, str]) -> None:
    """A server has refused the token that is kept: the next one is asked for anew."""
    with _lock:
        _kept.pop(hashlib.sha256(json.dumps(sorted(secrets.items())).encode()).hexdigest(), None)


def _ask(secrets: Mapping[str, str]) -> Grant:
    body = {
        "grant_type": "refresh_token",
        "refresh_token": secrets.get("oauth_refresh", ""),
        "client_id": secrets.get("oauth_client_id", ""),
    }
    if secrets.get("oauth_client_secret"):
        body["client_secret"] = secrets["oauth_client_secret"]
    try:
        answer = fetch(
            secrets.get("oauth_token_url", ""),
            method="POST",
            content=urlencode(body).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
            timeout_s=_TIMEOUT_S,
            trusted=settings.OUTGOING_TRUSTED,
        )
    except Refused as error:
        raise NoToken(f"The address for tokens is refused: {error}.", permanent=True) from error
    except Unreachable as error:
        raise NoToken(f"The server for tokens does not answer: {error}", permanent=False) from error
    found = _fields(answer.body)
    token = found.get("access_token")
    if answer.status != 200 or not isinstance(token, str) or not token:
        note = str(found.get("error_description") or found.get("error") or f"status {answer.status}")
        raise NoToken(note[:300], permanent=found.get("error") in {"invalid_grant", "invalid_client"})
    life = str(found.get("expires_in", ""))  # some servers write the number as text
    seconds = float(life) if life.isdecimal() else _USUAL_LIFE_S
    refresh = found.get("refresh_token")
    return Grant(
        token,
        refresh if isinstance(refresh, str) and refresh else secrets.get("oauth_refresh", ""),
        clock.monotonic() + max(0.0, seconds - _SOONER_S),
    )


def _fields(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
