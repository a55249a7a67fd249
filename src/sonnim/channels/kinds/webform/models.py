"""Tables of web forms."""

from django.db import models

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Form(models.Model):
    """A form of a shop. `fields` is a list of rules.Field, `texts` is name → locale → text; see rules.TEXTS.

    What was handed in is kept in its conversation alone, with the labels that the form had then.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+")
    key = models.CharField(max_length=32, unique=True)  # stands in its address
    name = models.CharField(max_length=80)  # for the desk
    kind = models.CharField(max_length=20, default="own")  # contact, claim, product, callback, order, own
    fields = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    team = models.ForeignKey("accounts.Team", models.SET_NULL, null=True, related_name="+")
    tag_ids = models.JSONField(default=list)
    origins = models.JSONField(default=list)  # pages that may hold it; none of its own: those of the shop
    active = models.BooleanField(default=True)
    count = models.IntegerField(default=0)
    last_at = InstantField(null=True)
    v = models.BigIntegerField(default=0)
    created_at = InstantField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class Confirmation(models.Model):
    """When an address was last told that something came in its name; by hash, so that nothing is learnt from it."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    address = models.CharField(max_length=64)
    at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "address"], name="form_confirmation_once")]
