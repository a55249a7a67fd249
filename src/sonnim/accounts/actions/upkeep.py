"""Upkeep of accounts."""

from django.contrib.sessions.models import Session

from sonnim.accounts.sessions import end_session
from sonnim.kernel import clock


def forget_expired_sessions(*, limit: int = 500) -> int:
    """End sessions whose time is over, so that their tabs close and their devices hear no more. Answers how many."""
    old = Session.objects.filter(expire_date__lt=clock.now()).order_by("expire_date")
    keys = list(old.values_list("session_key", flat=True)[:limit])
    for key in keys:
        end_session(key)
    return len(keys)
