"""Second factors as a person holds them: an app that shows six digits, and a key that Chromium pretends to have."""

import base64
import hashlib
import hmac
import struct
import time

from playwright.sync_api import Page

STEP_S = 30


def six_digits(secret: str, *, at: float | None = None) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret.replace(" ", "").upper())
    counter = struct.pack(">Q", int((time.time() if at is None else at) // STEP_S))
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def plug_in_key(page: Page) -> None:
    """From now on this page's browser has a platform authenticator whose owner always agrees."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
