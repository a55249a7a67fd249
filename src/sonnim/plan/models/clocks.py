"""Tables of service promises: the policies of a shop, and how the clocks that they started ended."""

from django.db import models

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Policy(models.Model):
    """What is promised to whom. Of those that are active, the first by `position` that fits and sets a target counts.

    `fits`, `targets` and `stages` are as clocks.rules.Policy. `calendar_id` 0 is the clock on the wall, null the shop's
    standard hours.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=80)
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)
    fits = models.JSONField(default=dict)
    targets = models.JSONField(default=dict)
    calendar_id = models.BigIntegerField(null=True)
    warn_percent = models.IntegerField(default=70)
    pauses = models.BooleanField(default=True)
    stages = models.JSONField(default=list)
    v = models.BigIntegerField(default=0)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["shop", "position", "id"], name="policy_order")]

    def __str__(self) -> str:
        return self.name


class KeptPromise(models.Model):
    """How a clock ended: kept or late. First replies and resolutions all, of the others those that were late."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(
        "conversations.Conversation", models.CASCADE, related_name="+", db_constraint=False
    )
    policy_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    agent_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=20)
    took_ms = models.BigIntegerField()
    target_ms = models.BigIntegerField()
    late = models.BooleanField()
    at = InstantField()

    class Meta:
        indexes = [models.Index(fields=["shop", "at"], name="kept_promise_recent")]
