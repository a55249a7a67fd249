"""Tables of the quality score: scorecards, scores with the lines behind them, and what people say of both."""

from django.db import models
from django.db.models import Q

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class Scorecard(models.Model):
    """A version of a shop's scorecard; the highest `n` is in force, without any the one that ships. Never changed.

    `criteria` are as rules.Criterion. `per_week` conversations of each agent are put on the reviewers' list each week.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    n = models.IntegerField()
    criteria = models.JSONField()
    per_week = models.SmallIntegerField()
    author_id = models.BigIntegerField()
    at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "n"], name="scorecard_once")]

    def __str__(self) -> str:
        return f"{self.shop_id}/{self.n}"


class Predictor(models.Model):
    """A model of satisfaction that has predicted for a shop, and how far it could be believed; see predictors.py.

    `source` is `shipped`, or what the model was trained on; `measured` are coach.satisfaction.about.Measured.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    version = models.CharField(max_length=16)
    source = models.CharField(max_length=20)
    dialogues = models.IntegerField()
    measured = models.JSONField()
    at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "version"], name="predictor_once")]

    def __str__(self) -> str:
        return f"{self.shop_id}/{self.version}"


class Scored(models.Model):
    """How far a conversation has been scored: up to which line, by which scorecard, and what its last line was then.

    `predictor` is the version of the model of satisfaction that was asked, also where the shopper had answered.
    """

    conversation = models.OneToOneField(
        "conversations.Conversation", models.CASCADE, related_name="+", primary_key=True
    )
    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    seq = models.IntegerField()
    version = models.IntegerField()
    last_seq = models.IntegerField()
    predictor = models.CharField(max_length=16, default="")


class Score(models.Model):
    """What one agent's part in a settled conversation is worth, as of a line of it; points are tenths of 0 to 100.

    No wording is kept: lines name the place where something stands. `current` is false for what a later score of the
    same part has replaced and somebody had reviewed or disputed. `points` is what counts, `rule_points` what the rules
    said; `by` says whose word counts: `rules`, `review` or `dispute`. `week` begins on that Monday in the shop's zone.
    Where the shopper has not answered, `satisfaction` is predicted in hundredths of -2 to 2 and `unhappy` in
    thousandths; both are of the conversation, which `had_last_word` counts once.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", models.CASCADE, related_name="+", db_index=False)
    agent_id = models.BigIntegerField()
    seq = models.IntegerField()
    version = models.IntegerField()
    current = models.BooleanField(default=True)
    points = models.IntegerField(null=True)
    rule_points = models.IntegerField(null=True)
    by = models.CharField(max_length=10, default="rules")
    critical = models.BooleanField(default=False)
    criteria = models.JSONField(default=dict)  # id → tenths, or null where it does not apply
    replies = models.IntegerField()
    marks = models.IntegerField()
    best = models.JSONField(null=True)  # {entry_id, seq, start, end, politeness}
    resolved_at = InstantField()
    week = models.CharField(max_length=10)
    scored_at = InstantField(default=clock.now)
    had_last_word = models.BooleanField(default=False)
    satisfaction = models.SmallIntegerField(null=True)
    unhappy = models.SmallIntegerField(null=True)
    predictor = models.ForeignKey(Predictor, models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "agent_id", "seq", "version"], name="score_once"),
            models.UniqueConstraint(
                fields=["conversation", "agent_id"], name="score_current", condition=Q(current=True)
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "-resolved_at", "-id"], name="score_of_shop", condition=Q(current=True)),
            models.Index(
                fields=["shop", "agent_id", "-resolved_at", "-id"], name="score_of_agent", condition=Q(current=True)
            ),
            models.Index(fields=["shop", "week", "agent_id"], name="score_of_week", condition=Q(current=True)),
            models.Index(
                fields=["shop", "week", "-unhappy", "-id"],
                name="score_unhappy",
                condition=Q(current=True, had_last_word=True, unhappy__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.agent_id}: {self.points}"


class Line(models.Model):
    """A mark behind a score: which rule, in which line of the conversation, from where to where (code points)."""

    score = models.ForeignKey(Score, models.CASCADE, related_name="lines")
    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    agent_id = models.BigIntegerField()
    entry_id = models.BigIntegerField()
    seq = models.IntegerField()
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=10)
    start = models.IntegerField()
    end = models.IntegerField()
    week = models.CharField(max_length=10)
    resolved_at = InstantField()
    current = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["shop", "week", "agent_id", "rule"], name="line_of_week", condition=Q(current=True)),
            models.Index(
                fields=["shop", "rule", "-resolved_at", "-score", "agent_id"],
                name="line_of_rule",
                condition=Q(current=True),
            ),
        ]


class Listed(models.Model):
    """A score on the reviewers' list: drawn for a week, because a critical criterion failed, or put there by a lead."""

    score = models.OneToOneField(Score, models.CASCADE, related_name="listed")
    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    agent_id = models.BigIntegerField()
    why = models.CharField(max_length=10)  # critical, sample, spot
    week = models.CharField(max_length=10)
    note = models.CharField(max_length=500, blank=True)
    by_id = models.BigIntegerField(null=True)
    at = InstantField(default=clock.now)
    reviewed_at = InstantField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["shop", "id"], name="listed_open", condition=Q(reviewed_at=None)),
            models.Index(fields=["shop", "-id"], name="listed_newest"),
            models.Index(fields=["shop", "week", "agent_id"], name="listed_week"),
        ]


class Review(models.Model):
    """What a person holds of the same criteria; two of one score are a calibration."""

    score = models.ForeignKey(Score, models.CASCADE, related_name="reviews", db_index=False)
    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    reviewer_id = models.BigIntegerField()
    points = models.IntegerField(null=True)
    criteria = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    v = models.IntegerField(default=1)
    at = InstantField(default=clock.now)
    changed_at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["score", "reviewer_id"], name="review_once")]


class Dispute(models.Model):
    """An agent does not agree with a score, once; a lead answers. `outcome` is upheld, changed, or nothing yet."""

    score = models.OneToOneField(Score, models.CASCADE, related_name="dispute")
    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    agent_id = models.BigIntegerField()
    words = models.TextField(blank=True)
    at = InstantField(default=clock.now)
    outcome = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    criteria = models.JSONField(default=dict)
    answered_by_id = models.BigIntegerField(null=True)
    answered_at = InstantField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["shop", "-id"], name="dispute_newest"),
            models.Index(fields=["shop", "agent_id", "-id"], name="dispute_of_agent"),
            models.Index(fields=["shop", "-id"], name="dispute_open", condition=Q(answered_at=None)),
        ]
