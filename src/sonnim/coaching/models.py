"""Tables of the coach in a shop: what it has decided, what its agents dismissed, and counts of both."""

from django.db import models

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Settings(models.Model):
    """What a shop has decided; without a row everything is as the coach has it.

    Attributes:
        rules: rule → {"severity", "on", "strict"} where it differs from the rule's own.
        terms: the glossary, [{"term", "plain"}].
        terms_v: counts the glossary's versions.
    """

    shop = models.OneToOneField("accounts.Shop", models.CASCADE, primary_key=True, related_name="+")
    rules = models.JSONField(default=dict)
    terms = models.JSONField(default=list)
    terms_v = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.shop_id}"


class Dismissal(models.Model):
    """An agent waved a mark away. `key` tells the marked piece again, of which `piece` keeps the beginning."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    rule = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    piece = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=12)
    words = models.CharField(max_length=500, blank=True)
    at = InstantField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent", "conversation", "rule", "key"], name="mark_dismissed_once")
        ]
        indexes = [
            models.Index(fields=["shop", "-id"], name="dismissal_newest"),
            models.Index(fields=["shop", "rule", "-id"], name="dismissal_of_rule"),
            models.Index(fields=["agent", "rule", "at"], name="dismissal_of_agent"),
            models.Index(fields=["at"], name="dismissal_age"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"


class Quiet(models.Model):
    """A rule that keeps silent for an agent who has dismissed it often, until they lift that (`lifted_at`)."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    rule = models.CharField(max_length=40)
    since = InstantField(default=clock.now)
    lifted_at = InstantField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "rule"], name="rule_quiet_once")]
        indexes = [models.Index(fields=["shop"], name="quiet_of_shop")]

    def __str__(self) -> str:
        return f"{self.rule} for {self.agent_id}"


class Count(models.Model):
    """How often a rule was seen, dismissed and applied on a day (UTC, `2026-11-22`)."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    rule = models.CharField(max_length=40)
    day = models.CharField(max_length=10)
    seen = models.IntegerField(default=0)
    dismissed = models.IntegerField(default=0)
    applied = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "day", "rule"], name="coach_count_of_day")]

    def __str__(self) -> str:
        return f"{self.rule} {self.day}"
