"""What a shop chooses for a mailbox, and what of it fits together."""

from collections.abc import Mapping
from typing import Any, Literal

from typing_extensions import TypedDict

from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.kinds.postbox.shapes import ServerObject
from sonnim.kernel.errors import Invalid
from sonnim.kernel.text import LOCALES

PROVIDERS = ("postmark", "mailgun", "sendgrid", "amazon_ses")
WayIn = Literal["imap", "provider", "pipe"]
WayOut = Literal["smtp", "provider", "house"]
Provider = Literal["postmark", "mailgun", "sendgrid", "amazon_ses", ""]
OAUTH = ("oauth_client_id", "oauth_client_secret", "oauth_refresh", "oauth_token_url")
_OAUTH_NEEDED = ("oauth_client_id", "oauth_refresh", "oauth_token_url")
_PROVIDER = ("provider_key", "provider_secret", "provider_region")
SECRETS = ("imap_password", "smtp_password", *OAUTH, *_PROVIDER)
_LONGEST_SIGNATURE = 2_000
_LONGEST_SECRET = 8_000


class Choices(TypedDict, total=False):
    """What is chosen; what is left out stays as it is. An empty secret is forgotten."""

    name: str
    team_id: int | None
    signatures: dict[str, str]
    active: bool
    way_in: WayIn | Literal["nowhere"]
    imap: ServerObject
    folder: str
    way_out: WayOut | Literal["nowhere"]
    smtp: ServerObject
    provider: Provider
    secrets: dict[str, str]


def check_texts(choices: Choices) -> None:
    """Raises: Invalid, for what could break a header or a command, or is too long."""
    for field in ("name", "folder", "provider"):
        if any(ord(each) < 32 or ord(each) == 127 for each in str(choices.get(field, ""))):
            raise Invalid(fields={field: "has a control character"})
    for locale, text in choices.get("signatures", {}).items():
        if locale not in LOCALES or len(text) > _LONGEST_SIGNATURE:
            raise Invalid(fields={"signatures": "not one of our languages, or too long"})
    for key, value in choices.get("secrets", {}).items():
        if key not in SECRETS or len(value) > _LONGEST_SECRET or "\n" in value or "\r" in value:
            raise Invalid(fields={key: "not a secret of a mailbox"})


def kept_secrets(mailbox: Mailbox, choices: Choices, known: Mapping[str, str]) -> dict[str, str]:
    """The secrets of a mailbox after a change.

    A secret belongs to the server that it was given for: whoever names another server has to give it again. Else
    anybody who may configure the shop could have us show the password to a server of their own.
    """
    kept = dict(known)
    for way in ("imap", "smtp"):
        before: dict[str, Any] = getattr(mailbox, way)
        after: Any = choices.get(way)
        if after is None:
            continue
        if _place(after) != _place(before):
            kept.pop(f"{way}_password", None)
        if after.get("auth") == "xoauth2" and (_place(after), "xoauth2") != (_place(before), before.get("auth")):
            for name in OAUTH:  # both ways sign in by the same grant: what was given for one is not for the other's
                kept.pop(name, None)
    if "provider" in choices and choices["provider"] != mailbox.provider:
        for name in _PROVIDER:
            kept.pop(name, None)
    given = choices.get("secrets", {})
    if given.get("oauth_token_url", kept.get("oauth_token_url", "")) != kept.get("oauth_token_url", ""):
        for name in OAUTH:
            kept.pop(name, None)
    return {key: value for key, value in {**kept, **given}.items() if value}


def check_complete(mailbox: Mailbox, secrets: Mapping[str, str]) -> None:
    """Raises: Invalid, naming what is missing for the ways in and out."""
    missing: list[str] = []
    if mailbox.way_in == "imap":
        missing += _missing("imap", mailbox.imap, secrets)
        if not mailbox.imap.get("user"):
            missing.append("imap_user")
    if mailbox.way_out == "smtp":
        missing += _missing("smtp", mailbox.smtp, secrets)
    if "provider" in (mailbox.way_in, mailbox.way_out) and mailbox.provider not in PROVIDERS:
        missing.append("provider")
    if mailbox.way_out == "provider" and not secrets.get("provider_key"):
        missing.append("provider_key")
    if (mailbox.way_in, mailbox.provider) == ("provider", "mailgun") and not secrets.get("provider_secret"):
        missing.append("provider_secret")  # all that it brings is signed by this; see hooks.signatures
    if missing:
        raise Invalid("Something is missing.", fields=dict.fromkeys(missing, "missing"))


def _missing(way: str, server: Mapping[str, Any], secrets: Mapping[str, str]) -> list[str]:
    if not server.get("host"):
        return [f"{way}_host"]
    if not server.get("user"):
        return []
    needed = _OAUTH_NEEDED if server.get("auth") == "xoauth2" else (f"{way}_password",)
    return [name for name in needed if not secrets.get(name)]


def _place(server: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(server.get(name) for name in ("host", "port", "security", "user"))
