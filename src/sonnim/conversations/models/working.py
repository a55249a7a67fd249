"""Tables of how agents work through their queues: tags, views, what is sent later, what many rows underwent at once."""

from django.db import models
from django.db.models import Q

from sonnim.conversations.models.timelines import Conversation
from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class ConversationTag(models.Model):
    """A conversation has a tag."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    tag = models.ForeignKey("contacts.Tag", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "tag"], name="conversation_tag_once")]
        indexes = [models.Index(fields=["tag", "conversation"], name="conversation_tag")]


class View(models.Model):
    """A saved filter over conversations, for its owner, a team, or the shop (`audience`: me, team, shop)."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+")
    team = models.ForeignKey("accounts.Team", models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=80)
    audience = models.CharField(max_length=10, default="me")
    filter = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    v = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Scheduled(models.Model):
    """A message that is sent at `due_at`, or was (`state`: due, sent, failed); what is taken back is deleted.

    `client_id` is the message's own, so that it is sent once however often the clock looks.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    client_id = models.CharField(max_length=36)
    kind = models.CharField(max_length=10, default="message")
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    attachments = models.JSONField(default=list)
    then = models.JSONField(default=dict)
    held = models.BooleanField(default=False)  # on its way, may still be undone; else it was meant for later
    due_at = InstantField()
    state = models.CharField(max_length=10, default="due")
    error = models.CharField(max_length=300, blank=True)
    v = models.BigIntegerField(default=0)
    created_at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "client_id"], name="scheduled_once")]
        indexes = [models.Index(fields=["due_at", "id"], name="scheduled_due", condition=Q(state="due"))]


class BulkAction(models.Model):
    """What an agent did to many conversations at once, and how they were before, for undo."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    what = models.CharField(max_length=20)
    before = models.JSONField(default=list)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    v = models.BigIntegerField(default=0)
    at = InstantField(default=clock.now)
    undone_at = InstantField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agent", "-id"], name="bulk_newest")]
