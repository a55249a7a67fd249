"""Tables of routing: where each agent stands, what a shop has decided, what was offered to whom."""

from django.db import models
from django.db.models import Q

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Seat(models.Model):
    """An agent's place at the desk; made when something is first known of it.

    `absence` and `reason` say how the agent is away, while `Agent.availability` says that they are. `seen_at` is when
    a line of theirs was last open, as some node noted it. `turn` grows with each conversation that is given out: the
    lowest one is next. `live` and `letters` are how many at once, where that is not as the shop's rules have it.
    """

    agent = models.OneToOneField("accounts.Agent", models.CASCADE, primary_key=True, related_name="+")
    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    absence = models.CharField(max_length=10, default="away")
    reason = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=80, blank=True)
    since = InstantField(default=clock.now)
    seen_at = InstantField(null=True)
    missed = models.IntegerField(default=0)
    skills = models.JSONField(default=list)
    live = models.IntegerField(null=True)
    letters = models.IntegerField(null=True)
    turn = models.BigIntegerField(default=0)
    v = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["shop"], name="seat_of_shop")]

    def __str__(self) -> str:
        return f"{self.agent_id}"


class Rules(models.Model):
    """How a shop gives conversations out; without a row by hand. Seconds are whole.

    `teams` has team id → {"mode", "strategy"} where a team does otherwise.
    """

    shop = models.OneToOneField("accounts.Shop", models.CASCADE, primary_key=True, related_name="+")
    mode = models.CharField(max_length=10, default="manual")
    strategy = models.CharField(max_length=12, default="least_busy")
    sticky = models.BooleanField(default=True)
    by_language = models.BooleanField(default=True)
    by_skill = models.BooleanField(default=True)
    widen_s = models.IntegerField(default=30)
    offer_s = models.IntegerField(default=20)
    missed_limit = models.IntegerField(default=3)
    idle_s = models.IntegerField(default=600)
    grace_s = models.IntegerField(default=60)
    letters_grace_s = models.IntegerField(default=4 * 3600)
    live = models.IntegerField(default=4)
    letters = models.IntegerField(default=20)
    teams = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.shop_id}: {self.mode}"


class Offer(models.Model):
    """A conversation held out to one agent until a moment; `outcome` is empty while nothing has come of it.

    Then it is accepted, declined, missed, or void: somebody took it, or nobody waits any more.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey("accounts.Agent", models.CASCADE, related_name="+", db_index=False)
    letter = models.BooleanField(default=False)
    made_at = InstantField(default=clock.now)
    until = InstantField()
    outcome = models.CharField(max_length=10, blank=True)
    ended_at = InstantField(null=True)
    v = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["conversation", "ended_at"], name="offer_of_conversation"),
            models.Index(fields=["shop", "until"], name="offer_pending", condition=Q(outcome="")),
            models.Index(fields=["agent"], name="offer_of_agent"),
        ]
        constraints = [models.UniqueConstraint(fields=["conversation"], name="offered_to_one", condition=Q(outcome=""))]

    def __str__(self) -> str:
        return f"{self.conversation_id} → {self.agent_id}"
