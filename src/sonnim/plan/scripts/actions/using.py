"""What was said of the scripts, to whom, and what became of it."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q

from sonnim.contacts.models import Contact
from sonnim.conversations.models import Conversation, Entry
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import NotFound
from sonnim.plan.models import CannedResponse, ScriptUse, ScriptVariant

KEPT = timedelta(days=365)
"""For how long nobody reads the same sentence again."""
WATCHED = timedelta(days=14)
"""For how long after a sentence its conversation tells something of it."""
BATCH = 500


def count_use(
    *, shop_id: int, canned_id: int, variant_id: int, conversation_id: int | None = None, contact_id: int | None = None
) -> None:
    """A variant was sent, in a conversation or to a contact. Nobody is told: counts may wait for the next reading.

    Safe to repeat: it counts once in a conversation.

    Raises:
        NotFound: the variant, the conversation or the contact is not of this shop.
    """
    with log.unit(shop_id):
        variant = ScriptVariant.objects.filter(pk=variant_id, canned_id=canned_id, canned__shop_id=shop_id).first()
        if variant is None:
            raise NotFound("There is no such script.")
        reader, seq = _reader(shop_id, conversation_id, contact_id)
        use, new = ScriptUse.objects.get_or_create(
            contact_id=reader,
            variant=variant,
            defaults={"shop_id": shop_id, "conversation_id": conversation_id, "seq": seq},
        )
        if not new:
            use.at = clock.now()
            again = use.conversation_id == conversation_id
            if not again:
                use.conversation_id, use.seq, use.watched = conversation_id, seq, True
                use.answered, use.resolved, use.solved = False, False, None
            use.save()
            if again:
                return
        ScriptVariant.objects.filter(pk=variant.pk).update(used=F("used") + 1)
        CannedResponse.objects.filter(pk=canned_id).update(used=F("used") + 1)


def _reader(shop_id: int, conversation_id: int | None, contact_id: int | None) -> tuple[int, int]:
    """The contact, and how far the conversation is."""
    if conversation_id is not None:
        found = Conversation.objects.filter(pk=conversation_id, shop_id=shop_id).values_list("contact_id", "last_seq")
        if (known := found.first()) is None:
            raise NotFound("There is no such conversation.")
        return known
    if contact_id is None or not Contact.objects.filter(pk=contact_id, shop_id=shop_id).exists():
        raise NotFound("There is no such contact.")
    return contact_id, 0


def note_outcomes() -> int:
    """Count what became of the conversations in which scripts were used lately; answers how many have changed."""
    changed = 0
    while uses := _changed():
        noted = sum(_note(use) for use in uses)
        changed += noted
        if noted < BATCH:
            break
    with log.unit():
        ScriptUse.objects.filter(watched=True, at__lt=clock.now() - WATCHED).update(watched=False)
    return changed


def _changed() -> list[ScriptUse]:
    """Some of those that are watched and tell less than their conversations do."""
    answers = Entry.objects.filter(
        conversation_id=OuterRef("conversation_id"), seq__gt=OuterRef("seq"), kind="message", author_kind="contact"
    )
    solved = Q(conversation__solved__isnull=False) & (Q(solved=None) | ~Q(solved=F("conversation__solved")))
    news = Q(answered=False, answer=True) | Q(resolved=False, conversation__status="resolved") | solved
    found = ScriptUse.objects.filter(watched=True).select_related("conversation")
    return list(found.annotate(answer=Exists(answers)).filter(news).order_by("pk")[:BATCH])


def _note(use: ScriptUse) -> bool:
    about = use.conversation
    if about is None:
        return False
    before = (use.answered, use.resolved, use.solved)
    answered = use.answered or bool(getattr(use, "answer", False))
    resolved = use.resolved or about.status == "resolved"
    after = (answered, resolved, use.solved if about.solved is None else about.solved)
    with log.unit(use.shop_id):
        # Two workers may look at it at once; the one whose picture is still true counts.
        still = ScriptUse.objects.filter(pk=use.pk, answered=before[0], resolved=before[1], solved=before[2])
        if not still.update(answered=after[0], resolved=after[1], solved=after[2]):
            return False
        ScriptVariant.objects.filter(pk=use.variant_id).update(
            answered=F("answered") + (after[0] - before[0]),
            resolved=F("resolved") + (after[1] - before[1]),
            solved=F("solved") + ((after[2] is True) - (before[2] is True)),
            unsolved=F("unsolved") + ((after[2] is False) - (before[2] is False)),
        )
    return True


def forget_old_uses() -> int:
    """Forget who read what a year ago; answers how many. The counts stay."""
    forgotten = 0
    while ids := list(
        ScriptUse.objects.filter(at__lt=clock.now() - KEPT).order_by("at").values_list("pk", flat=True)[:BATCH]
    ):
        with log.unit():
            forgotten += ScriptUse.objects.filter(Q(pk__in=ids)).delete()[0]
    return forgotten
