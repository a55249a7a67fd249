"""Tables beside the index itself, which each database keeps in its own way (see the first migration)."""

from django.db import models


class Block(models.Model):
    """That a shop has texts of a kind among `SIZE` successive ids, and from when they are, to the hour.

    Going through blocks, newest first, is how a search ends early and skips the months that nobody asks for.
    """

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    n = models.BigIntegerField()
    first_at = models.BigIntegerField()
    last_at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "kind", "n"], name="search_block_once")]


class Word(models.Model):
    """A word that was written in a shop, under each of its endings, for who types only the middle of it."""

    shop = models.ForeignKey("accounts.Shop", models.CASCADE, related_name="+", db_index=False)
    ending = models.CharField(max_length=24)
    word = models.CharField(max_length=24)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "ending", "word"], name="search_word_once")]
