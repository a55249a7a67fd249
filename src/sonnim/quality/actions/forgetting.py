"""A redacted wording leaves what people wrote about scores too; scores themselves keep places, never words."""

from sonnim.kernel.echoes import echoes
from sonnim.quality.models import Dispute, Listed, Review


def forget_words(*, shop_id: int, contact_id: int, words: set[str]) -> None:
    """Take notes and words out where they repeat what is redacted; the scores stay."""
    about = {"shop_id": shop_id, "score__conversation__contact_id": contact_id}
    for review in Review.objects.filter(**about):
        notes = {name: said for name, said in review.notes.items() if not echoes(said, words)}
        kept = "" if echoes(review.words, words) else review.words
        if (notes, kept) != (review.notes, review.words):
            Review.objects.filter(pk=review.pk).update(notes=notes, words=kept)
    for dispute in Dispute.objects.filter(**about):
        said, reason = ("" if echoes(each, words) else each for each in (dispute.words, dispute.reason))
        if (said, reason) != (dispute.words, dispute.reason):
            Dispute.objects.filter(pk=dispute.pk).update(words=said, reason=reason)
    for listed in Listed.objects.filter(**about).exclude(note=""):
        if echoes(listed.note, words):
            Listed.objects.filter(pk=listed.pk).update(note="")
