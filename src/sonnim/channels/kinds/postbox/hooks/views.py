"""The address that a provider posts to: `/hooks/mail/<mailbox>/<secret>/<provider>`."""

import logging
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sonnim.channels import inbound
from sonnim.channels.kinds.postbox import CHANNEL
from sonnim.channels.kinds.postbox.hooks import reports, signatures
from sonnim.channels.kinds.postbox.hooks.posted import Posted
from sonnim.channels.kinds.postbox.keys import secrets_of
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.kernel.errors import NotFound
from sonnim.kernel.http import Refused, Unreachable, fetch
from sonnim.kernel.secrets import hash_token, same

logger = logging.getLogger(__name__)


# A provider has no cookie of ours; what lets it in is the secret in the address, and its signature.
@csrf_exempt
@require_http_methods(["POST", "HEAD", "GET"])
def hook(request: HttpRequest, mailbox_id: int, secret: str, provider: str) -> HttpResponse:
    """Take what a provider brings: 200 once the disk has it. Without the secret and the signature nothing is kept."""
    mailbox = _mailbox(mailbox_id, secret, provider)
    if mailbox is None:
        return _answer("No.", status=401)
    if request.method != "POST":  # some providers look whether somebody is there
        return _answer("Ready.")
    body = request.read(settings.HOOK_MAX_BYTES + 1)
    if len(body) > settings.HOOK_MAX_BYTES:
        return _answer("Too large.", status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    posted = Posted(provider, headers.get("content-type", ""), body, headers)
    try:
        return _stored_raw(posted, mailbox)
    except signatures.Unsigned:
        return _answer("No.", status=401)
    except (Refused, Unreachable):  # who could tell us is away: the provider comes again
        return _answer("Later.", status=503)
    except Exception:  # Django's own word about it would have the secret in it
        logger.exception("what %s posted for mailbox %s could not be taken", provider, mailbox_id)
        return _answer("Later.", status=500)


def _stored_raw(posted: Posted, mailbox: Mailbox) -> HttpResponse:
    signatures.check(posted, _secrets(mailbox))
    if posted.json.get("Type") == "SubscriptionConfirmation":
        return _subscribe(str(posted.json.get("SubscribeURL", "")))
    if reports.is_report(posted):
        if not reports.note(posted, shop_id=mailbox.shop_id):
            # A provider may speak of a mail before we have written down the name that it has just given it.
            _store(posted, mailbox, key=f"report:{posted.digest}", meta=reports.meta_of(posted))
    else:
        _keep(posted, mailbox)
    return _answer("Thank you.")


def _mailbox(mailbox_id: int, secret: str, provider: str) -> Mailbox | None:
    mailbox = Mailbox.objects.filter(pk=mailbox_id, active=True, provider=provider).exclude(hook="").first()
    known = mailbox.hook if mailbox is not None else ""
    return mailbox if same(hash_token(secret), known) else None


def _secrets(mailbox: Mailbox) -> dict[str, str]:
    try:
        return secrets_of(mailbox)
    except NotFound:  # sealed by another installation: nothing signed can be believed
        return {}


def _keep(posted: Posted, mailbox: Mailbox) -> None:
    name = posted.json.get("MessageID") if posted.provider == "postmark" else posted.json.get("MessageId")
    known = name if isinstance(name, str) and 0 < len(name) < 100 else posted.digest
    _store(posted, mailbox, key=known, meta={"provider": posted.provider, "content_type": posted.content_type})


def _store(posted: Posted, mailbox: Mailbox, *, key: str, meta: dict[str, Any]) -> None:
    inbound.store(
        shop_id=mailbox.shop_id, kind=CHANNEL.kind, source_id=mailbox.pk, key=f"{posted.provider}:{key}",
        raw=posted.body, meta=meta,
    )  # fmt: skip


def _subscribe(url: str) -> HttpResponse:
    """Amazon asks whether we want what is published: its own address is to be asked for once."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not signatures.AMAZON.fullmatch(parts.hostname or ""):
        return _answer("No.", status=401)
    try:
        fetch(url, timeout_s=10)
    except (Refused, Unreachable):
        logger.warning("a subscription could not be confirmed")
        return _answer("Later.", status=503)
    return _answer("Thank you.")


def _answer(text: str, *, status: int = 200) -> HttpResponse:
    answer = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    # Django writes down at which address something went wrong, and this one has a secret in it.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer
