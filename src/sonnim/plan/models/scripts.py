"""Tables of scripts: sentences for every stage of a conversation, in variants, and what became of them."""

from django.db import models
from django.db.models import Q

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class CannedResponse(models.Model):
    """A script, called by its shortcut.

    Attributes:
        stage: when it is said, see scripts.rules.STAGES; empty where it fits at any time.
        automatic: the chat greets with it by itself.
        active_from: the first and the last day of its use, by the shop's calendar; null is without end.
        origin: which script of the set that ships with the product it began as, else empty.
        used: how often any variant was sent.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    team = models.ForeignKey("accounts.Team", models.SET_NULL, null=True, related_name="+")
    shortcut = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    stage = models.CharField(max_length=20, blank=True, default="", db_default="")
    automatic = models.BooleanField(default=False, db_default=False)
    active_from = models.DateField(null=True)
    active_until = models.DateField(null=True)
    origin = models.CharField(max_length=40, blank=True, default="", db_default="")
    used = models.IntegerField(default=0)
    v = models.BigIntegerField(default=0)
    updated_at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "shortcut"], name="canned_shortcut")]

    def __str__(self) -> str:
        return self.title


class ScriptVariant(models.Model):
    """One way of saying a script in one language; the counts are of conversations in which it was sent."""

    canned = models.ForeignKey(CannedResponse, models.CASCADE, related_name="variants", db_index=False)
    locale = models.CharField(max_length=5)
    position = models.SmallIntegerField(default=0)
    text = models.TextField()
    rich = models.JSONField(null=True)
    used = models.IntegerField(default=0)
    answered = models.IntegerField(default=0)
    resolved = models.IntegerField(default=0)
    solved = models.IntegerField(default=0)
    unsolved = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["canned", "locale", "position"], name="script_variant")]


class ScriptUse(models.Model):
    """That a contact has read a variant, and what became of it since; once for each two, the last time."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    variant = models.ForeignKey(ScriptVariant, models.CASCADE, related_name="+")
    contact = models.ForeignKey("contacts.Contact", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, null=True, related_name="+")
    seq = models.IntegerField(default=0)  # the conversation's last entry then
    at = InstantField(default=clock.now)
    answered = models.BooleanField(default=False)
    resolved = models.BooleanField(default=False)
    solved = models.BooleanField(null=True)
    watched = models.BooleanField(default=True)  # whether its outcome may still change

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "variant"], name="script_read_once")]
        indexes = [
            models.Index(fields=["at"], name="script_use_age"),
            models.Index(fields=["id"], name="script_use_watched", condition=Q(watched=True)),
        ]
