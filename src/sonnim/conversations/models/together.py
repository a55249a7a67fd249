"""Tables of what agents do together: follow, mention, link, check off, ask."""

from django.db import models
from django.db.models import Q

from sonnim.conversations.models.timelines import Conversation
from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Follower(models.Model):
    """An agent who wants to hear of a conversation without having it."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "agent"], name="follower_once")]


class Link(models.Model):
    """Two conversations that belong together; `a` has the lower id."""

    a = models.ForeignKey(Conversation, models.CASCADE, related_name="+", db_index=False)
    b = models.ForeignKey(Conversation, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["a", "b"], name="link_once")]


class Mention(models.Model):
    """An agent named in a note; `seen_at` is set when that agent has looked."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    seq = models.IntegerField()
    by_id = models.BigIntegerField()
    at = InstantField(default=clock.now)
    seen_at = InstantField(null=True)
    v = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "conversation", "seq"], name="mention_once")]
        indexes = [
            models.Index(fields=["agent", "-id"], name="mention_newest"),
            models.Index(fields=["agent", "conversation"], name="mention_unseen", condition=Q(seen_at=None)),
        ]


class ChecklistItem(models.Model):
    """Something to be done in a conversation, by whoever gets to it."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+", db_index=False)
    text = models.CharField(max_length=300)
    position = models.IntegerField(default=0)
    created_by_id = models.BigIntegerField()
    done_at = InstantField(null=True)
    done_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "position", "id"], name="checklist_order")]


class Question(models.Model):
    """A question to somebody who may decide: a person, or whoever holds a role. Answered, withdrawn, or still open.

    `matter` says exactly what is asked for, where it is more than words (together.MatterObject); it can be answered
    by whoever knows how alone. Whoever stands in is asked too once `due_at` has passed (`handed_at`).
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    to_agent = models.ForeignKey("accounts.Agent", models.CASCADE, null=True, related_name="+", db_index=False)
    to_role = models.CharField(max_length=10, blank=True)
    text = models.TextField()
    due_at = InstantField(null=True)
    overdue_at = InstantField(null=True)
    matter = models.JSONField(default=dict)
    stand_in_agent_id = models.BigIntegerField(null=True)
    stand_in_role = models.CharField(max_length=10, blank=True)
    stand_in_due_at = InstantField(null=True)
    handed_at = InstantField(null=True)
    answered_by_id = models.BigIntegerField(null=True)
    answer = models.TextField(blank=True)
    answered_at = InstantField(null=True)
    withdrawn_at = InstantField(null=True)
    v = models.BigIntegerField(default=0)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(
                fields=["shop", "due_at", "id"], name="question_open", condition=Q(answered_at=None, withdrawn_at=None)
            ),
        ]
