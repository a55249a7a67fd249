"""What follows when a person changes how they sign in: their other sessions end, and their shops' audit logs tell.

allauth announces these changes by signals only.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa

from sonnim.accounts import audit, queries, sessions
from sonnim.accounts.callers import client_address
from sonnim.accounts.models import User
from sonnim.eventlog import log

_WHAT = {
    account.password_changed: "password.changed",
    account.password_set: "password.changed",
    account.password_reset: "password.reset",
    mfa.authenticator_added: "second_factor.added",
    mfa.authenticator_removed: "second_factor.removed",
    mfa.authenticator_reset: "second_factor.reset",
}


def watch() -> None:
    """Connect the receiver; called once, when the app registry is ready."""
    for signal in _WHAT:
        signal.connect(_on_change, dispatch_uid="sonnim.sign_in")


def _on_change(signal: Any, request: Any, user: User, **_: Any) -> None:
    shop_ids = [place.shop_id for place in queries.places_of(user.pk)]
    with log.unit(*shop_ids):
        sessions.end_other_sessions(user.pk, keep=request.session.session_key)
        audit.record_for_user(user, shop_ids, _WHAT[signal], address=client_address(request))
