"""The ledger of what was conceded to shoppers."""

from django.db import models
from django.db.models import Q

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Concession(models.Model):
    """Something conceded: one line of the ledger, never changed but for being taken back.

    `units` are ten-thousandths of what `measure` counts (money in `currency`, percent, pieces), so that sums are exact
    on every database. `kind` is `stand` where one stood by price and quality and gave nothing. The contact is the
    conversation's, whoever that becomes. `approval_id` is the question that granted what is above the agent's limit;
    it grants once, also when it was taken back. `order` is the order's number as `order_key` finds it again.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+", db_index=False)
    agent_id = models.BigIntegerField()
    client_id = models.CharField(max_length=64)
    concession = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20)
    title = models.JSONField(default=dict)
    step = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=10)
    units = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    order = models.CharField(max_length=80, blank=True)
    order_key = models.CharField(max_length=80, blank=True)
    order_units = models.BigIntegerField(null=True)
    order_currency = models.CharField(max_length=3, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    sentence = models.TextField(blank=True)
    version = models.IntegerField()
    approval_id = models.BigIntegerField(null=True)
    approved_by_id = models.BigIntegerField(null=True)
    month = models.CharField(max_length=7)
    at = InstantField(default=clock.now)
    taken_back_at = InstantField(null=True)
    taken_back_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent_id", "client_id"], name="concession_once"),
            models.UniqueConstraint(
                fields=["approval_id"], name="concession_of_approval", condition=Q(approval_id__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "-id"], name="concession_ledger"),
            models.Index(fields=["shop", "agent_id", "-id"], name="concession_of_agent"),
            models.Index(fields=["shop", "kind", "-id"], name="concession_of_kind"),
            models.Index(fields=["shop", "month"], name="concession_month"),
            models.Index(fields=["conversation", "-id"], name="concession_in"),
            models.Index(fields=["shop", "order_key"], name="concession_order", condition=~Q(order_key="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.units}"
