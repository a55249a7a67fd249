"""What the conversation tests do again and again, in a word each."""

import uuid
from typing import Any

from django.db import connection
from tests.people import People

from sonnim.contacts.actions import create_visitor
from sonnim.contacts.models import Contact
from sonnim.conversations import reach
from sonnim.conversations.models import Conversation, Entry, Tally
from sonnim.conversations.posting import Ack, Outcome, Post, ensure_posted, post_batch

CHANNEL = "chat"


def client_id() -> str:
    return str(uuid.uuid4())


def shopper(people: People, locale: str = "ko") -> Contact:
    return create_visitor(shop_id=people.shop.pk, locale=locale)[0]


def post_of(who: Contact | Any, text: str = "안녕하세요", **more: Any) -> Post:
    """A post of a contact or an agent."""
    kind = "contact" if isinstance(who, Contact) else "agent"
    return Post(who.shop_id, kind, who.pk, more.pop("client_id", None) or client_id(), text, channel=CHANNEL, **more)


def say(who: Contact | Any, text: str = "안녕하세요", **more: Any) -> Ack:
    return ensure_posted(post_of(who, text, **more))


def say_all(*posts: Post) -> list[Outcome]:
    return post_batch(posts)


def conversation(identity: int) -> Conversation:
    return Conversation.objects.get(pk=identity)


def timeline(identity: int) -> list[Entry]:
    return list(Entry.objects.filter(conversation_id=identity).order_by("seq"))


def texts(identity: int) -> list[str]:
    return [entry.text for entry in timeline(identity) if entry.kind != "event"]


def kept_counts(shop_id: int) -> dict[str, int]:
    return {tally.key: tally.n for tally in Tally.objects.filter(shop_id=shop_id) if tally.n}


def true_counts(shop_id: int) -> dict[str, int]:
    """The same by counting rows, by SQL of its own."""
    conditions = {
        "all": "status = 'open'",
        "waiting": "status = 'open' AND waiting_since IS NOT NULL",
        "unassigned": "status = 'open' AND assignee_id IS NULL",
        "snoozed": "status = 'snoozed'",
        "resolved": "status = 'resolved'",
        "spam": "status = 'spam'",
        "merged": "status = 'merged'",
        "waiting:nobody": "status = 'open' AND waiting_since IS NOT NULL AND assignee_id IS NULL AND team_id IS NULL",
    }
    carried = ", ".join(f"'{kind}'" for kind in reach.carried())
    each = {
        "mine": ("assignee_id", ""),
        "team": ("team_id", ""),
        "waiting": ("assignee_id", " AND waiting_since IS NOT NULL"),
        "waiting:team": ("team_id", " AND waiting_since IS NOT NULL AND assignee_id IS NULL"),
        "letters": ("assignee_id", f" AND channel IN ({carried})"),
    }
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for key, condition in conditions.items():
            cursor.execute(
                f"SELECT count(*) FROM conversations_conversation WHERE shop_id = %s AND {condition}",  # noqa: S608
                [shop_id],
            )
            found[key] = cursor.fetchone()[0]
        for key, (whose, condition) in each.items():
            cursor.execute(
                f"SELECT {whose}, count(*) FROM conversations_conversation WHERE shop_id = %s AND status = 'open' "  # noqa: S608
                f"AND {whose} IS NOT NULL{condition} GROUP BY {whose}",
                [shop_id],
            )
            found |= {f"{key}:{identity}": n for identity, n in cursor.fetchall()}
    return {key: n for key, n in found.items() if n}
