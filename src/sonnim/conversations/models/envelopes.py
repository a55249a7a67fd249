"""Tables of what a message carries beside its words on channels that know more than one recipient."""

from django.db import models

from sonnim.conversations.models.timelines import Entry


class Envelope(models.Model):
    """From whom, to whom and about what a letter-like message is; `data` is shapes.EnvelopeObject without its id."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="+")
    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    conversation_id = models.BigIntegerField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["conversation_id", "entry"], name="envelope_conversation")]
