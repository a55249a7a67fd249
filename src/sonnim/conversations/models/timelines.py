"""Tables of conversations and their timelines."""

from django.db import models
from django.db.models import Q

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Conversation(models.Model):
    """One conversation with one contact. `rank` is the queue's sort key (see rules.rank); `v` its last log position."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey("contacts.Contact", models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField(max_length=20)
    status = models.CharField(max_length=10, default="open")
    assignee = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("accounts.Team", models.SET_NULL, null=True, related_name="+", db_index=False)
    subject = models.CharField(max_length=200, blank=True)
    locale = models.CharField(max_length=5, default="en")
    last_seq = models.IntegerField(default=0)
    rank = models.BigIntegerField(default=0)
    waiting_since = InstantField(null=True)
    snoozed_until = InstantField(null=True)
    last_at = InstantField(default=clock.now)
    last_text = models.CharField(max_length=140, blank=True)
    last_by = models.CharField(max_length=10, blank=True)
    last_agent_id = models.BigIntegerField(null=True)
    contact_seen_seq = models.IntegerField(default=0)
    desk_seen_seq = models.IntegerField(default=0)
    # Lists of ids as JSON, so that a page needs no join; the tables below are what is searched by.
    tag_ids = models.TextField(default="[]", db_default="[]")
    follower_ids = models.TextField(default="[]", db_default="[]")
    linked_ids = models.TextField(default="[]", db_default="[]")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", db_index=False)
    split_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", db_index=False)
    solved = models.BooleanField(null=True)  # the shopper's own word
    priority = models.SmallIntegerField(default=1, db_default=1)  # 0 low, 1 normal, 2 high, 3 urgent
    clocks = models.TextField(default="[]", db_default="[]")  # see clocks.Clock; as JSON
    due_at = InstantField(null=True)  # until when whoever waits is promised an answer
    timer_at = InstantField(null=True)  # when the next of its clocks strikes
    v = models.BigIntegerField(default=0)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["shop", "status", "rank", "id"], name="conversation_queue"),
            models.Index(fields=["team", "status", "rank", "id"], name="conversation_team"),
            models.Index(fields=["assignee", "status", "rank", "id"], name="conversation_mine"),
            models.Index(
                fields=["shop", "rank", "id"],
                name="conversation_unassigned",
                condition=Q(status="open", assignee__isnull=True),
            ),
            models.Index(
                fields=["shop", "team", "rank", "id"],
                name="conversation_unheld",
                condition=Q(status="open", assignee__isnull=True),
            ),
            models.Index(fields=["contact", "id"], name="conversation_contact"),
            # What is due to wake, of all shops. That it names the moment keeps it from being taken for a queue.
            models.Index(
                fields=["snoozed_until"],
                name="conversation_snoozed",
                condition=Q(status="snoozed", snoozed_until__isnull=False),
            ),
            models.Index(fields=["timer_at"], name="conversation_timer", condition=Q(timer_at__isnull=False)),
            # Few rows have them; without an index every deletion would look through all.
            models.Index(fields=["merged_into"], name="conversation_merged", condition=Q(merged_into__isnull=False)),
            models.Index(fields=["split_from"], name="conversation_split", condition=Q(split_from__isnull=False)),
        ]


class Entry(models.Model):
    """A line of the timeline: its place never changes. The shopper sees it if `public`; `digest` tells a repeat.

    What was edited has its present wording here and the former ones in Revision; `hidden` says that the wording is
    gone, and why: redacted, or retracted by its author. `v` is the log position of the last change, 0 before any.
    """

    # Its conversation vouches for the shop; a second check would cost every message a lookup.
    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="entries", db_index=False)
    seq = models.IntegerField()
    kind = models.CharField(max_length=10)
    public = models.BooleanField(default=False)
    author_kind = models.CharField(max_length=10)
    author_id = models.BigIntegerField(null=True)
    client_id = models.CharField(max_length=36, null=True)  # noqa: DJ001  events have none, and must not collide
    digest = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    attachments = models.TextField(default="[]")
    data = models.TextField(default="{}")
    at = InstantField(default=clock.now)
    v = models.BigIntegerField(default=0, db_default=0)
    edited_at = InstantField(null=True)
    hidden = models.CharField(max_length=10, blank=True, default="", db_default="")
    delivery = models.TextField(blank=True, default="", db_default="")  # shapes.DeliveryObject, as JSON

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="entry_seq"),
            models.UniqueConstraint(
                fields=["author_id", "author_kind", "client_id"],
                name="entry_sent_once",
                condition=Q(client_id__isnull=False),
            ),
        ]


class Revision(models.Model):
    """A former wording of an entry; `n` counts from 1. Erased when the entry is redacted."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="revisions", db_index=False)
    n = models.IntegerField()
    text = models.TextField(blank=True)
    data = models.TextField(default="{}")
    by_id = models.BigIntegerField()
    at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "n"], name="revision_n")]


class Attachment(models.Model):
    """An uploaded file under a random key; `entry_id` is set once, when a message takes it."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    owner_kind = models.CharField(max_length=10)
    owner_id = models.BigIntegerField()
    conversation = models.ForeignKey(Conversation, models.CASCADE, null=True, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=255)
    type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    created_at = InstantField(default=clock.now)


class Draft(models.Model):
    """What one agent is writing in one conversation, kept on the server so that any machine finds it."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    attachments = models.JSONField(default=list)
    v = models.BigIntegerField(default=0)
    updated_at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "conversation"], name="draft_once")]


class Tally(models.Model):
    """Kept counts of a shop's queues (`waiting`, `all`, `mine:7`, …): count(*) of 300,000 rows takes 14-32 ms."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=30)
    n = models.IntegerField(default=0)
    v = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "key"], name="tally_once")]
