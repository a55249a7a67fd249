"""How a shopper says that they want no more mails about a conversation."""

from django.conf import settings
from django.core import signing

from sonnim.channels.kinds.postbox.models import FollowUp

_SALT = "sonnim.no-more-mails"


def link(conversation_id: int) -> str:
    """The page behind the link in the mail; a POST there is the one click of RFC 8058."""
    return f"{settings.PUBLIC_URL}/mail/stop/{signing.dumps(conversation_id, salt=_SALT)}"


def conversation_of(token: str) -> int | None:
    """The conversation that a link is about, if we made it."""
    try:
        found = signing.loads(token[:200], salt=_SALT)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def has_stopped(conversation_id: int) -> bool:
    """Whether the shopper wants no more mails about it."""
    return FollowUp.objects.filter(pk=conversation_id, stopped=True).exists()
