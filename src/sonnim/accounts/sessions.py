"""Django's database sessions, with two additions: a cheap read, and an end that the event log tells of.

The gateway keeps a socket for each signed-in tab; `session.ended` is what closes the tabs of an ended session.
"""

import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from sonnim.accounts.models import Agent
from sonnim.eventlog import log


def public_id(session_key: str) -> str:
    """The name of a session in events: it tells sessions apart and opens none."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:16]


class SessionStore(DatabaseStore):
    """The session engine."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        # Every request starts with this read; through the ORM it costs ten times as much.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s",
                [self.session_key, connection.ops.adapt_datetimefield_value(timezone.now())],
            )
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        return Session(session_key=str(self.session_key), session_data=row[0])

    def save(self, must_create: bool = False) -> None:
        with log.unit():
            super().save(must_create)

    def cycle_key(self) -> None:
        """A new key for the same session; tabs that hold the old one are told where it went."""
        data, old_key = dict(self.items()), self.session_key
        self.create()
        self._session_cache = data
        if old_key:
            end_session(old_key, moved_to=self.session_key)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            end_session(key)


def end_session(session_key: str, *, moved_to: str | None = None) -> None:
    """Delete a session and tell every shop of its user. Idempotent."""
    user_id = _user_of(session_key)
    places = _places(user_id) if user_id is not None else []
    with log.unit(*(shop_id for shop_id, _ in places)) as work:
        deleted, _ = Session.objects.filter(session_key=session_key).delete()
        if not deleted:
            return
        told: dict[str, Any] = {"id": public_id(session_key)}
        if moved_to:
            told["moved_to"] = public_id(moved_to)
        for shop_id, agent_id in places:
            work.publish(shop_id, work.claim(shop_id), "session.ended", agent_id=agent_id, desk_put={"session": [told]})


def end_other_sessions(user_id: int, *, keep: str | None) -> int:
    """End all sessions of a user but the one with the key `keep`; answers how many."""
    from allauth.usersessions.models import UserSession  # its models need the app registry

    ended = 0
    for row in UserSession.objects.filter(user_id=user_id).exclude(session_key=keep or ""):
        end_session(row.session_key)
        row.delete()
        ended += 1
    return ended


def _user_of(session_key: str) -> int | None:
    # One that has ended by its age too: its lines are still open.
    row = Session.objects.filter(session_key=session_key).first()
    value = SessionStore().decode(row.session_data).get(SESSION_KEY) if row else None
    return int(value) if value is not None else None


def _places(user_id: int) -> list[tuple[int, int]]:
    return list(Agent.objects.filter(user_id=user_id, removed_at__isnull=True).values_list("shop_id", "id"))
