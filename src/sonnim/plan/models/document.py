"""Tables of the service plan's document: what is in force, what was, and what is being written."""

from django.db import models

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class PlanVersion(models.Model):
    """A published plan; the one with the highest `n` is in force. Never changed: answers and ledgers point to it.

    `digest` is the SHA-256 of the document: readers keep documents by it.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    n = models.IntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    author = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    restored_from = models.IntegerField(null=True)
    at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "n"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.shop_id}/{self.n}"


class PlanDraft(models.Model):
    """What is being written for the next version, one for a shop; whoever saves names the `v` that they have read.

    `base` is the version it began with, 0 without one.
    """

    shop = models.OneToOneField("accounts.Shop", models.CASCADE, related_name="+", primary_key=True)
    document = models.JSONField()
    base = models.IntegerField(default=0)
    v = models.BigIntegerField(default=0)
    author = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True, related_name="+")
    updated_at = InstantField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.shop_id}: {self.v}"
