"""The table of what agents have promised."""

from django.db import models
from django.db.models import Q

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Promise(models.Model):
    """Something that an agent has promised a shopper, as a dated to-do beside the conversation.

    The wording stays where it was said: `said_in_id` and `said_seq` name the message, so that what is redacted there is
    gone here too. `note` is what somebody wrote down by hand. `since` is when it got its present time, `timer_at` when
    it wants to be looked at next; None when nothing more will happen to it by itself.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+", db_index=False)
    agent_id = models.BigIntegerField()
    made_by_id = models.BigIntegerField()
    act = models.CharField(max_length=10)
    note = models.CharField(max_length=200, blank=True)
    said_in_id = models.BigIntegerField(null=True)
    said_seq = models.IntegerField(null=True)
    made_at = InstantField(default=clock.now)
    since = InstantField(null=True)
    due_at = InstantField()
    warn_at = InstantField()
    timer_at = InstantField(null=True)
    warned_at = InstantField(null=True)
    overdue_at = InstantField(null=True)
    escalated_at = InstantField(null=True)
    kept_at = InstantField(null=True)
    dropped_at = InstantField(null=True)
    closed_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    v = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["timer_at"], name="promise_timer", condition=Q(timer_at__isnull=False)),
            models.Index(
                fields=["shop", "due_at", "id"], name="promise_open", condition=Q(kept_at=None, dropped_at=None)
            ),
            models.Index(fields=["conversation", "-id"], name="promise_conversation"),
            models.Index(fields=["said_in_id", "said_seq"], name="promise_said", condition=Q(said_in_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.note or self.act

    @property
    def is_open(self) -> bool:
        """Whether it has still to be kept."""
        return self.kept_at is None and self.dropped_at is None
