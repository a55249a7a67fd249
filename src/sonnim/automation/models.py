"""Tables of automation: rules and macros of a shop, and what the rules did."""

from django.db import models

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Rule(models.Model):
    """When something happens, and if so, then do this. `wording` is rules.Wording; `acted` counts what it did."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=80)
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)
    wording = models.JSONField(default=dict)
    acted = models.IntegerField(default=0)
    last_acted_at = InstantField(null=True)
    ran_on = models.CharField(max_length=20, blank=True)  # the day for which a daily one was last set off
    updated_at = InstantField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["shop", "position", "id"], name="rule_order")]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """Which wording of all its rules is in force in a shop; empty where no rule is active.

    One look at this row tells every change whether the rules that a process has compiled still hold.
    """

    shop = models.OneToOneField("accounts.Shop", models.CASCADE, primary_key=True, related_name="+")
    token = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return self.token


class Run(models.Model):
    """That a rule was set off, once for each `key`: what it found, what it did.

    Attributes:
        key: what set it off: `e` and the entry's id, or how long something lasted, or the day of a daily one.
        outcome: done, failed (some of it), lapsed (its conditions held no longer), loop (its own doing set it off).
        found: the conditions with what they found.
        did: the actions with what came of them.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    rule = models.ForeignKey(Rule, models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    event = models.CharField(max_length=20)
    outcome = models.CharField(max_length=10)
    found = models.JSONField(default=list)
    did = models.JSONField(default=list)
    at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "conversation", "key"], name="rule_ran_once")]
        indexes = [models.Index(fields=["rule", "id"], name="run_newest"), models.Index(fields=["at"], name="run_age")]


class Lasted(models.Model):
    """That a rule has acted on how long something lasts; while it lasts, it does not again.

    `event` is what lasts; empty where it was not kept yet.
    """

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+")
    event = models.CharField(max_length=10, default="", db_default="")
    since = InstantField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "conversation", "event"], name="rule_lasted_once")]


class Macro(models.Model):
    """Steps that an agent sets off with one choice; `canned_id` is the script that comes into the composer."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=80)
    steps = models.JSONField(default=list)
    canned = models.ForeignKey("plan.CannedResponse", models.SET_NULL, null=True, related_name="+")
    used = models.IntegerField(default=0)
    updated_at = InstantField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["shop", "name", "id"], name="macro_name")]

    def __str__(self) -> str:
        return self.name
