"""Word of providers about mails of ours: it becomes the delivery state of the message, and stops mail in vain."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q

from sonnim.channels.adapter import Arrived, Ignored, Later
from sonnim.channels.kinds.postbox.actions.letters import note_refusal
from sonnim.channels.kinds.postbox.hooks.posted import Posted
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.conversations.actions.delivering import mark_delivery

# What an opened or pressed mail proves is that it arrived: programs open mails to look through them.
_ARRIVED = frozenset({"delivered", "opened", "clicked"})
_FAILED = frozenset({"bounced", "rejected", "failed"})


def is_report(posted: Posted) -> bool:
    """Whether it is word about mails of ours, and not a mail."""
    match posted.provider:
        case "postmark":
            return str(posted.json.get("RecordType", "Inbound")) != "Inbound"
        case "mailgun":
            return "event-data" in posted.json
        case "sendgrid":
            return bool(posted.items)
    return _amazon(posted).get("notificationType") != "Received"


def note(posted: Posted, *, shop_id: int) -> bool:
    """Let messages know what became of them; answers whether all the mails are known, of which there is news."""
    return all([_note(event, posted.provider, shop_id) for event in _EVENTS[posted.provider](posted)])


def meta_of(posted: Posted) -> dict[str, Any]:
    """What is kept beside a report that came too early; see `is_kept`."""
    return {"provider": posted.provider, "content_type": posted.content_type, "report": True}


def is_kept(arrived: Arrived) -> bool:
    """Whether it is a report about a mail whose name there was not known yet when it came."""
    return bool(arrived.meta.get("report"))


def note_kept(arrived: Arrived) -> Ignored:
    """Look again whether the mails are known. Raises: Later."""
    posted = Posted(arrived.meta["provider"], arrived.meta["content_type"], arrived.raw)
    if not note(posted, shop_id=arrived.shop_id):
        raise Later("A report about a mail that we do not know, or not yet.")
    return Ignored("A report of a provider.")


def _note(event: Any, provider: str, shop_id: int) -> bool:
    known = str(event.message_id or "").strip()
    if not known or event.event_type not in _ARRIVED | _FAILED:
        return True
    bare = known.strip("<>")
    named = Q(provider_id__in=[known, bare, f"<{bare}>"]) | Q(message_id=f"<{bare}>")
    about = Letter.objects.filter(named, shop_id=shop_id, out=True).order_by("-id").first()
    if about is None or about.entry_id is None:
        return False
    if event.event_type in _ARRIVED:
        mark_delivery(shop_id=shop_id, entry_id=about.entry_id, state="delivered")
    elif event.event_type in _FAILED:
        said = str(event.mta_response or event.description or event.reject_reason or "")
        recipient = str(event.recipient or about.recipient).lower()
        note = f"{recipient}: {said}".strip(": ")
        mark_delivery(shop_id=shop_id, entry_id=about.entry_id, state="failed", note=note)
        if _IS_FOR_GOOD[provider](event.esp_event) and recipient:
            note_refusal(shop_id=shop_id, address=recipient, status="", reason=said)
    return True


def _postmark_events(posted: Posted) -> Sequence[Any]:
    from anymail.webhooks.postmark import PostmarkTrackingWebhookView as View

    return [View.__new__(View).esp_to_anymail_event(posted.json)]


def _mailgun_events(posted: Posted) -> Sequence[Any]:
    from anymail.webhooks.mailgun import MailgunTrackingWebhookView as View

    return [View.__new__(View).esp_to_anymail_event(posted.json)]


def _sendgrid_events(posted: Posted) -> Sequence[Any]:
    from anymail.webhooks.sendgrid import SendGridTrackingWebhookView as View

    return [View.__new__(View).esp_to_anymail_event(each) for each in posted.items if "event" in each]


def _amazon_events(posted: Posted) -> Sequence[Any]:
    from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView as View

    found = _amazon(posted)
    if not found or (found.get("bounce") or {}).get("bounceType") == "Transient":  # an answer of a machine, mostly
        return []
    events: Sequence[Any] = View.__new__(View).esp_to_anymail_events(found, posted.json)
    return events


def _amazon(posted: Posted) -> dict[str, Any]:
    """What Amazon says inside its notification; empty when that is only words."""
    try:
        found = json.loads(str(posted.json.get("Message", "")))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


_EVENTS: dict[str, Callable[[Posted], Sequence[Any]]] = {
    "postmark": _postmark_events,
    "mailgun": _mailgun_events,
    "sendgrid": _sendgrid_events,
    "amazon_ses": _amazon_events,
}
_IS_FOR_GOOD: dict[str, Callable[[dict[str, Any]], bool]] = {
    "postmark": lambda said: said.get("Type") in {"HardBounce", "BadEmailAddress"},
    "mailgun": lambda said: (
        (said["event-data"].get("severity"), said["event-data"].get("reason")) == ("permanent", "bounce")
    ),
    "sendgrid": lambda said: (said.get("event"), said.get("type")) == ("bounce", "bounce"),
    "amazon_ses": lambda said: (said.get("bounce") or {}).get("bounceType") == "Permanent",
}
