"""Tables of the event log: the head of each shop's log, the names it had, the events, and the outbox.

`shop_id` is a plain number here: the log lies below the domain that knows what a shop is.
"""

from django.db import models

from sonnim.kernel.fields import InstantField


class Head(models.Model):
    """Where a shop's log stands. Its row lock is what makes positions gapless."""

    shop_id = models.BigIntegerField(primary_key=True)
    epoch = models.CharField(max_length=36)
    pos = models.BigIntegerField(default=0)


class PastEpoch(models.Model):
    """A name that a shop's log had until `pos`; positions up to there are true, later ones belong to a lost log."""

    pk = models.CompositePrimaryKey("shop_id", "epoch")
    shop_id = models.BigIntegerField()
    epoch = models.CharField(max_length=36)
    pos = models.BigIntegerField()
    ended_at = InstantField()


class Event(models.Model):
    """One event. `public` is for everybody who may see it, `desk` for agents alone; both are encoded JSON objects."""

    pk = models.CompositePrimaryKey("shop_id", "pos")
    shop_id = models.BigIntegerField()
    pos = models.BigIntegerField()
    type = models.CharField(max_length=40)
    conversation_id = models.BigIntegerField(null=True)
    contact_id = models.BigIntegerField(null=True)
    agent_id = models.BigIntegerField(null=True)
    at = InstantField()
    public = models.TextField()
    desk = models.TextField()

    class Meta:
        indexes = [
            models.Index(
                fields=["contact_id", "pos"], name="event_contact", condition=models.Q(contact_id__isnull=False)
            )
        ]


class Outbox(models.Model):
    """A side effect that must happen once its transaction has committed: a mail, a webhook, a messenger call."""

    shop_id = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=40)
    lane = models.CharField(max_length=60, blank=True, default="", db_default="")  # of one lane, one at a time
    series = models.CharField(max_length=60, blank=True, default="", db_default="")  # of one series, in order
    payload = models.JSONField()
    state = models.CharField(max_length=10, default="due")
    attempts = models.IntegerField(default=0)
    due_at = InstantField()
    last_error = models.CharField(max_length=500, blank=True)
    created_at = InstantField()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="outbox_due", condition=models.Q(state="due")),
            models.Index(
                fields=["series", "id"], name="outbox_series", condition=models.Q(state="due") & ~models.Q(series="")
            ),
        ]
