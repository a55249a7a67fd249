"""Handing a mail to a provider's interface: django-anymail's backends, set up from what a mailbox's owner gave us."""

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailNotSupportedWarning, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives
from requests import exceptions as web
from urllib3.exceptions import ProtocolError

from sonnim.channels.adapter import NotSent, Unsure
from sonnim.channels.kinds.postbox import smtp
from sonnim.channels.kinds.postbox.mail import Mail
from sonnim.channels.kinds.postbox.words import words

TIMEOUT_S = 20
_TEMPORARY = frozenset({401, 403, 408, 425, 429})
"""Too fast, or a key that does not fit: the mail itself goes out once that has passed or is mended."""
_BEFORE_SENDING = (web.ConnectTimeout, web.SSLError, web.ProxyError)
_AMAZON_BEFORE_SENDING = ("EndpointConnectionError", "ConnectTimeoutError", "SSLError", "NoCredentialsError")


class Unavailable(NotSent):
    """The provider is not there or takes nothing now, whatever the mail is."""

    def __init__(self, note: str) -> None:
        super().__init__(note, permanent=False)


def hand_over(provider: str, secrets: Mapping[str, str], mail: Mail, *, locale: str) -> str:
    """Give a mail to a provider; answers the name that it has there.

    Raises:
        NotSent: it has not been taken.
        Unsure: it was sent, and no answer came that says what became of it.
    """
    try:
        message, backend = _message(provider, mail), _backend(provider, secrets, mail)
        backend.open()
    except (AnymailError, ValueError) as error:
        raise NotSent(words("bad_mail", locale=locale, reason=error), permanent=True) from error
    except Exception as error:  # what is set up wrong, or not installed: nobody was called
        raise NotSent(f"{type(error).__name__}: {error}", permanent=False) from error
    try:
        backend.send_messages([message])
    except AnymailRecipientsRefused as error:
        raise NotSent(_note(error), permanent=True) from error
    except AnymailAPIError as error:
        raise _failure(error) from error
    except AnymailError as error:
        raise NotSent(words("bad_mail", locale=locale, reason=_note(error)), permanent=True) from error
    finally:
        backend.close()
    return _name_there(message.anymail_status)  # type: ignore[attr-defined]


def _name_there(became: Any) -> str:
    """The mail's name at the provider, if it took it for anybody."""
    if not {"sent", "queued"} & set(became.status or ()):
        answer = became.esp_response
        status = int(getattr(answer, "status_code", 0) or 0)
        note = f"{status or ''} {getattr(answer, 'text', '')}".strip()[:300]
        raise NotSent(note, permanent=True) if status >= 400 else Unsure(note)
    found = became.message_id
    return found if isinstance(found, str) else next(iter(sorted(found or ())), "")


def _failure(error: AnymailAPIError) -> NotSent | Unsure:
    status = _status(error)
    if status is None:
        return Unavailable(_note(error)) if _is_before_sending(error) else Unsure(_note(error))
    if 200 <= status < 300:  # it answered, but nothing that can be read
        return Unsure(_note(error))
    if status >= 500 or status == 429:
        return Unavailable(_note(error))
    return NotSent(_note(error), permanent=status not in _TEMPORARY)


def _status(error: AnymailAPIError) -> int | None:
    if error.status_code is not None:
        return int(error.status_code)
    answer = error.response
    if isinstance(answer, dict):  # Amazon's
        found = answer.get("ResponseMetadata", {}).get("HTTPStatusCode")
        return int(found) if found else None
    return None


def _is_before_sending(error: AnymailAPIError) -> bool:
    """Whether it failed before the provider can have heard of the mail."""
    cause = error.__cause__
    if isinstance(cause, _BEFORE_SENDING) or type(cause).__name__ in _AMAZON_BEFORE_SENDING:
        return True
    if not isinstance(cause, web.ConnectionError):
        return False
    reason = cause.args[0] if cause.args else None
    return not isinstance(reason, ProtocolError)


def _note(error: AnymailError) -> str:
    answer = error.response
    said = getattr(answer, "text", None)
    if isinstance(answer, dict):
        said = str(answer.get("Error", {}).get("Message", ""))
    status = f"{error.status_code} " if error.status_code else ""
    return f"{status}{said}"[:300] if said else str(error).split("\n")[-1][:300]


def _message(provider: str, mail: Mail) -> EmailMultiAlternatives:
    headers = mail.headers()
    if provider == "postmark":
        headers["X-PM-KeepID"] = "true"  # else it gives the mail another Message-ID
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        str(mail.sender),
        [str(each) for each in mail.to],
        cc=[str(each) for each in mail.cc],
        bcc=[str(each) for each in mail.bcc],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    message.attach_alternative(mail.html, "text/html")
    for file in mail.files:
        message.attach(file.name, file.content, file.type)
    return message


def _backend(provider: str, secrets: Mapping[str, str], mail: Mail) -> Any:
    if provider == "sendgrid":
        # Its maintainers have no account there any more to test with; what they had tested is what we use.
        warnings.simplefilter("ignore", AnymailNotSupportedWarning)
    make = import_module(f"anymail.backends.{provider}").EmailBackend
    return make(**_OPTIONS[provider](secrets, mail))


def _timeout(mail: Mail) -> float:
    """For each step; the whole of a mail is one of them."""
    return TIMEOUT_S + smtp.time_for(mail.weight)


def _postmark(secrets: Mapping[str, str], mail: Mail) -> dict[str, Any]:
    return {"server_token": secrets.get("provider_key", ""), "timeout": _timeout(mail)}


def _mailgun(secrets: Mapping[str, str], mail: Mail) -> dict[str, Any]:
    region = "eu." if secrets.get("provider_region", "").lower() == "eu" else ""
    return {
        "api_key": secrets.get("provider_key", ""),
        "api_url": f"https://api.{region}mailgun.net/v3",
        "sender_domain": mail.sender.domain,
        "timeout": _timeout(mail),
    }


def _sendgrid(secrets: Mapping[str, str], mail: Mail) -> dict[str, Any]:
    return {"api_key": secrets.get("provider_key", ""), "timeout": _timeout(mail)}


def _amazon(secrets: Mapping[str, str], mail: Mail) -> dict[str, Any]:
    """Its key is `ACCESS_KEY_ID:SECRET_ACCESS_KEY`."""
    identity, _, secret = secrets.get("provider_key", "").partition(":")
    timeout = _timeout(mail)
    patience = {"connect_timeout": timeout, "read_timeout": timeout, "retries": {"total_max_attempts": 1}}
    client = {
        "aws_access_key_id": identity.strip(),
        "aws_secret_access_key": secret.strip(),
        "region_name": secrets.get("provider_region") or "us-east-1",
        "config": patience,
    }
    return {"client_params": client}


_OPTIONS: dict[str, Callable[[Mapping[str, str], Mail], dict[str, Any]]] = {
    "postmark": _postmark,
    "mailgun": _mailgun,
    "sendgrid": _sendgrid,
    "amazon_ses": _amazon,
}
