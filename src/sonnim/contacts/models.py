"""Tables of shoppers and of the identities by which channels know them."""

from django.db import models
from django.db.models import Q

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Contact(models.Model):
    """A shopper of one shop. `verified` means that the store's own server has vouched for who it is."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    locale = models.CharField(max_length=5, default="en")
    timezone = models.CharField(max_length=60, blank=True)
    verified = models.BooleanField(default=False)
    blocked = models.BooleanField(default=False)
    notes = models.TextField(blank=True)
    attributes = models.JSONField(default=dict)
    consents = models.JSONField(default=dict, db_default={})  # purpose → {given, at, by}
    tag_ids = models.TextField(default="[]", db_default="[]")  # as JSON, so that a page of contacts needs no join
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    last_seen_at = InstantField(null=True)
    v = models.BigIntegerField(default=0)
    created_at = InstantField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["shop", "-id"], name="contact_newest")]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class Identity(models.Model):
    """How one channel knows a contact: a visitor token's hash, an address, the store's customer number."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=254)
    verified = models.BooleanField(default=False)
    created_at = InstantField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "kind", "value"], name="identity_once", condition=~Q(kind__in=["email", "phone"])
            )
        ]
        indexes = [models.Index(fields=["shop", "kind", "value"], name="identity_lookup")]


class Tag(models.Model):
    """A word that a shop puts on conversations and contacts. A removed one stays for what carries it in the log."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    color = models.CharField(max_length=7, default="#0F766E")
    removed_at = InstantField(null=True)
    v = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="tag_name", condition=Q(removed_at=None))]

    def __str__(self) -> str:
        return self.name


class ContactTag(models.Model):
    """A contact has a tag."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "tag"], name="contact_tag_once")]
        indexes = [models.Index(fields=["tag", "contact"], name="contact_tag")]


class ContactMerge(models.Model):
    """Two contacts were found to be one person; `before` is what is needed to part them again."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    kept = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    gone = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    by_id = models.BigIntegerField()
    before = models.JSONField(default=dict)
    at = InstantField(default=clock.now)
    undone_at = InstantField(null=True)
