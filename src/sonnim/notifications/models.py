"""Tables of notices, of the devices they are pushed to, and of how far the log has been read for them.

No wording is kept here: what a notice is about is looked up when it is shown, so that what was redacted stays gone.
"""

from django.db import models
from django.db.models import Q

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Notification(models.Model):
    """Something that concerns one agent; `kind` is one of rules.LISTED."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    seq = models.IntegerField(default=0)
    by_id = models.BigIntegerField(null=True)
    question_id = models.BigIntegerField(null=True)
    seen_at = InstantField(null=True)
    v = models.BigIntegerField(default=0)
    at = InstantField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["agent", "-id"], name="notification_newest"),
            models.Index(fields=["agent", "-id"], name="notification_unseen", condition=Q(seen_at=None)),
            models.Index(fields=["at"], name="notification_age"),
        ]


class Follow(models.Model):
    """Up to where a shop's log has been read. The row is written with what was found, not with every message."""

    shop_id = models.BigIntegerField(primary_key=True)
    pos = models.BigIntegerField(default=0)


class Device(models.Model):
    """A browser that takes pushes for an agent. Its address and keys are sealed: who has them can write to it."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    endpoint_hash = models.CharField(max_length=64, db_index=True)
    sealed = models.TextField()
    label = models.CharField(max_length=60, blank=True)
    session = models.CharField(max_length=16, blank=True, db_index=True)  # accounts.sessions.public_id
    failures = models.IntegerField(default=0)
    pushed_at = InstantField(null=True)
    created_at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "endpoint_hash"], name="device_once")]


class PendingPush(models.Model):
    """Something that waits to be pushed, until it is known whether its agent, who has devices, is at the desk."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    notice = models.ForeignKey(Notification, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=10)
    seq = models.IntegerField(default=0)
    by_id = models.BigIntegerField(null=True)
    at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "conversation", "kind"], name="pending_push_once")]
        indexes = [models.Index(fields=["at"], name="pending_push_age")]


class SigningKey(models.Model):
    """The key pair by which push services know this installation (RFC 8292), sealed; there is one row."""

    sealed = models.TextField()
    created_at = InstantField(default=clock.now)
