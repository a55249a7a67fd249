"""Tables of what all channels share."""

from django.db import models
from django.db.models import Q

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Inbound(models.Model):
    """Something that a channel brought, raw: on the disk before it is read, kept as long as it may be needed.

    `key` is the provider's own name for it, so that what comes fifty times is one row. `state`: due, done, ignored
    (read, and nothing for a timeline), quarantined (it could not be read, or must not be believed).
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    source_id = models.BigIntegerField(default=0)  # which of the channel's own accounts brought it, such as a mailbox
    key = models.CharField(max_length=200)
    file = models.CharField(max_length=80)
    size = models.BigIntegerField()
    meta = models.JSONField(default=dict)  # what the transport knows beside the raw bytes
    state = models.CharField(max_length=12, default="due")
    attempts = models.IntegerField(default=0)
    due_at = InstantField(default=clock.now)
    error = models.CharField(max_length=500, blank=True)
    conversation_id = models.BigIntegerField(null=True)
    entry_id = models.BigIntegerField(null=True)
    received_at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "kind", "source_id", "key"], name="inbound_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="inbound_due", condition=Q(state="due")),
            models.Index(fields=["shop", "state", "-id"], name="inbound_newest"),
            models.Index(fields=["state", "received_at"], name="inbound_kept", condition=~Q(file="")),
            models.Index(fields=["entry_id"], name="inbound_entry", condition=Q(entry_id__isnull=False)),
        ]


class LeftAddress(models.Model):
    """Where a shopper may be written to when they have left: the address that they gave themselves, or that the store
    vouches for. What the desk noted or took over from another contact is not here.

    `page` is the page of the store on which they talked last.
    """

    contact = models.OneToOneField("contacts.Contact", models.CASCADE, primary_key=True, related_name="+")
    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    address = models.CharField(max_length=254)
    page = models.CharField(max_length=500, blank=True)
    at = InstantField(default=clock.now)

    def __str__(self) -> str:
        return self.address
