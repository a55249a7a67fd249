"""What mail servers report of our mails: it becomes the state of the message that it is about, never a conversation."""

from datetime import timedelta

from sonnim.channels.adapter import Ignored
from sonnim.channels.kinds.postbox import placing, tokens
from sonnim.channels.kinds.postbox.actions.letters import note_refusal
from sonnim.channels.kinds.postbox.actions.returned import tell_returned
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.conversations.actions.delivering import mark_delivery
from sonnim.conversations.models import Envelope
from sonnim.kernel import clock
from sonnim.letters.bounces import ABSENT, Bounce
from sonnim.letters.letter import Letter as Mail

DAYS = 7  # within which a report without a trace of our mail is told as a hint, by its recipient
_TRIED = 20


def is_one(mail: Mail) -> bool:
    """Whether it is a report or a receipt; a notice of absence is neither."""
    return _is_bounce(mail) or _is_receipt(mail)


def take(mail: Mail, *, shop_id: int) -> Ignored:
    """Let a message know what a report or a receipt says of it."""
    if mail.bounce is not None and _is_bounce(mail):
        return note(mail, mail.bounce, shop_id=shop_id)
    return note_reading(mail, shop_id=shop_id)


def _is_bounce(mail: Mail) -> bool:
    return mail.bounce is not None and mail.bounce.reason != ABSENT


def _is_receipt(mail: Mail) -> bool:
    """Of one who has opened a mail of ours (RFC 8098)."""
    kind = next(iter(mail.fields.get("content-type", ())), "").lower()
    return kind.startswith("multipart/report") and "disposition-notification" in kind


def note(mail: Mail, bounce: Bounce, *, shop_id: int) -> Ignored:
    """Let a message know what became of it. A report that carries no trace of our mail could be anybody's: it changes
    nothing, and the desk is told what it claims.
    """
    about = _returned(mail, bounce, shop_id)
    if about is None:
        return _hint(bounce, shop_id)
    if bounce.reason == "delivered":
        _mark(about, "delivered", "")
        return Ignored("A report: it was delivered.")
    if bounce.delayed:
        return Ignored("A report: its server goes on trying.")
    if bounce.reason == "feedback":
        return Ignored("A report: its recipient took it for spam.")
    if not _mark(about, "failed", _words(bounce)) and about.automatic:
        tell_returned(letter=about, note=_words(bounce))
    refused = bounce.recipient.lower() or about.recipient
    if bounce.hard and refused in _recipients(about):
        note_refusal(shop_id=shop_id, address=refused, status=bounce.status, reason=bounce.said or bounce.reason)
    return Ignored("A report: it could not be delivered.")


def _hint(bounce: Bounce, shop_id: int) -> Ignored:
    about = _sent_to(bounce.recipient, shop_id)
    if about is None:
        return Ignored("A report about a mail that is not ours.")
    if bounce.reason not in ("delivered", "feedback") and not bounce.delayed:
        tell_returned(letter=about, note=_words(bounce), certain=False)
    return Ignored("A report without a trace of the mail that it is about: anybody could have written it.")


def note_reading(mail: Mail, *, shop_id: int) -> Ignored:
    """Let a message know that it was opened."""
    about = _returned(mail, None, shop_id)
    if about is not None:
        _mark(about, "read", "")
    return Ignored("A receipt: it was read.")


def _returned(mail: Mail, bounce: Bounce | None, shop_id: int) -> Letter | None:
    """The mail of ours that a report gives back or answers."""
    ids = [*(bounce.about if bounce is not None else ()), *placing.known_ids(mail)][:_TRIED]
    ours = Letter.objects.filter(shop_id=shop_id, out=True)
    found = ours.filter(message_id__in=ids).order_by("-id").first() if ids else None
    if found is not None:
        return found
    renamed = placing.renamed_by_providers(ids, shop_id=shop_id)
    if renamed:
        return renamed[0]
    marks = [mark for each in ids if (mark := tokens.read(each, shop_id=shop_id)) is not None and mark.kind == "e"]
    return ours.filter(entry_id__in=[mark.person_id for mark in marks]).order_by("-id").first() if marks else None


def _sent_to(recipient: str, shop_id: int) -> Letter | None:
    if not recipient:
        return None
    since = clock.now() - timedelta(days=DAYS)
    sent = Letter.objects.filter(shop_id=shop_id, out=True, recipient=recipient.lower(), at__gte=since)
    return sent.exclude(recipient="").order_by("-id").first()  # the exclusion is what its index is limited to


def _mark(about: Letter, state: str, note: str) -> bool:
    if about.entry_id is None:
        return False
    return mark_delivery(shop_id=about.shop_id, entry_id=about.entry_id, state=state, note=note)


def _words(bounce: Bounce) -> str:
    return f"{bounce.recipient}: {bounce.said or f'{bounce.status} {bounce.reason}'.strip()}".strip(": ")


def _recipients(about: Letter) -> set[str]:
    found = {about.recipient}
    if about.entry_id is not None:
        data = Envelope.objects.filter(entry_id=about.entry_id).values_list("data", flat=True).first() or {}
        found |= {str(each["address"]).lower() for name in ("to", "cc", "bcc") for each in data.get(name) or ()}
    return found
