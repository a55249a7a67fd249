"""In which conversation a mail belongs: found by our own marks, else by what it refers to, believed by who wrote it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from sonnim.channels.kinds.postbox import rules, tokens
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.channels.kinds.postbox.threads import conversations_of
from sonnim.channels.kinds.postbox.tokens import Mark
from sonnim.contacts.known import addresses_of
from sonnim.conversations import reach, state
from sonnim.conversations.models import Envelope
from sonnim.conversations.rules import takes_new_message
from sonnim.conversations.state import State
from sonnim.kernel import clock
from sonnim.letters import letter as letters

_AGENTS_MARK = re.compile(r"(?:\+|<sonnim\.)a[0-9a-z]{1,13}\.[0-9a-z]{1,13}\.[0-9a-z]{20,30}@")
_RECIPIENTS = ("delivered-to", "x-original-to", "envelope-to")
_READ = 200


@dataclass(frozen=True, slots=True)
class Marks:
    """What a mail carries of ours.

    Attributes:
        reply: the mark of an address that it was sent to.
        answered: marks of mails of ours that it answers, nearest first.
        like_agents: it looks like an agent's answer, whether we made the mark or not.
    """

    reply: Mark | None
    answered: tuple[Mark, ...]
    like_agents: bool

    @property
    def first(self) -> Mark | None:
        """The one that says where the mail belongs."""
        return self.reply or next(iter(self.answered), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail belongs.

    Attributes:
        takes_part: whoever wrote it is believed to be part of the conversation.
        afresh: it is about something else, or too late: it begins a conversation of its own, linked with this one.
    """

    about: State
    takes_part: bool
    afresh: bool


def marks_of(letter: letters.Letter, *, shop_id: int) -> Marks:
    """The marks in the addresses that a mail came to, and in the Message-IDs that it answers."""
    addresses = [each.address for each in (*letter.to, *letter.cc)]
    addresses += [each for name in _RECIPIENTS for each in letter.fields.get(name, ())]
    reply = _first(tokens.read(each, shop_id=shop_id) for each in addresses)
    ids = [*letter.in_reply_to, *reversed(letter.references)]
    found = (tokens.read(each, shop_id=shop_id) for each in ids if tokens.OURS in each.lower())
    answered = tuple(dict.fromkeys(mark for mark in found if mark is not None))
    return Marks(reply, answered, any(_AGENTS_MARK.search(each.lower()) for each in (*addresses, *ids)))


def is_ours(letter: letters.Letter, *, shop_id: int) -> bool:
    """Whether it is a mail of ours that came back."""
    return tokens.read(letter.message_id, shop_id=shop_id) is not None


def place_of(letter: letters.Letter, marks: Marks, *, shop_id: int, address: str, believed: bool) -> Place | None:
    """Where a mail belongs; None when that is nowhere, so that it begins a conversation.

    Args:
        address: who wrote it, in lower case.
        believed: nothing says that it is from somebody else.
    """
    mark = marks.first
    about = _conversation(shop_id, mark.conversation_id) if mark is not None else None
    if about is not None:
        takes_part = believed and _takes_part(letter, about, address, marks)
        return _placed(letter, about, takes_part=takes_part)
    about = _referred_to(letter, shop_id) or _tagged(letter, shop_id)
    # The chat of a shopper is shown to whoever sits before it: without a mark of ours nothing gets in there.
    if about is None or not believed or not reach.is_carried(about.channel):
        return None
    if not _takes_part(letter, about, address, marks):
        return None
    return _placed(letter, about, takes_part=True)


def known_ids(letter: letters.Letter) -> list[str]:
    """The Message-IDs that a mail answers, nearest first, as letters are kept under them."""
    return list(dict.fromkeys([*letter.in_reply_to, *reversed(letter.references)]))


def renamed_by_providers(ids: Sequence[str], *, shop_id: int) -> list[Letter]:
    """Mails of ours in whose Message-ID a provider has put its own name for them."""
    names = [name for each in ids if (name := each.strip("<>").partition("@")[0])]
    if not names:
        return []
    # Only with the exclusion does a database know that its index of the few that have a name will do.
    sent = Letter.objects.filter(provider_id__in=names, shop_id=shop_id, out=True).exclude(provider_id="")
    return list(sent[:_READ])


def _placed(letter: letters.Letter, about: State, *, takes_part: bool) -> Place:
    known = Letter.objects.filter(conversation_id__in=conversations_of(about.id)).order_by("-id")
    subjects = [*known.values_list("subject", flat=True)[:_READ], about.subject]
    afresh = rules.is_new_subject(letter.subject, subjects) or not takes_new_message(about, clock.now_ms())
    return Place(about, takes_part, afresh)


def _conversation(shop_id: int, conversation_id: int) -> State | None:
    """A conversation of this shop, or the one in which it goes on."""
    seen = set[int]()
    with connection.cursor() as cursor:
        while conversation_id not in seen:
            seen.add(conversation_id)
            found = state.load(cursor, [conversation_id]).get(conversation_id)
            if found is None or found.shop_id != shop_id:
                return None
            if found.status != "merged" or found.merged_into_id is None:
                return found
            conversation_id = found.merged_into_id
    return None


def _referred_to(letter: letters.Letter, shop_id: int) -> State | None:
    ids = known_ids(letter)[:100]
    found = dict(
        Letter.objects.filter(shop_id=shop_id, message_id__in=ids).values_list("message_id", "conversation_id")
    )
    nearest = next((found[each] for each in ids if each in found), None)
    if nearest is None:
        renamed = renamed_by_providers(known_ids(letter)[:100], shop_id=shop_id)
        nearest = max((each.pk, each.conversation_id) for each in renamed)[1] if renamed else None
    return _conversation(shop_id, nearest) if nearest is not None else None


def _tagged(letter: letters.Letter, shop_id: int) -> State | None:
    number = rules.conversation_tag(letter.subject)
    return _conversation(shop_id, number) if number is not None and not letter.automatic else None


def _takes_part(letter: letters.Letter, about: State, address: str, marks: Marks) -> bool:
    if reach.is_carried(about.channel):
        return address in _correspondents(about)
    # Somebody may have given another's address for their own, to read here what that one is sent: only an answer to
    # a mail that we sent to that very address is its owner's word.
    ids = conversations_of(about.id)
    answered = any(mark.kind == "e" and mark.conversation_id in ids for mark in marks.answered)
    renamed = renamed_by_providers(known_ids(letter)[:100], shop_id=about.shop_id)
    answered = answered or any(each.conversation_id in ids for each in renamed)
    return answered and address in _written_to(about)


def _correspondents(about: State) -> set[str]:
    """Everybody who takes part: the contact, who was believed before, and to whom an agent has written."""
    letters_of = Letter.objects.filter(conversation_id__in=conversations_of(about.id))
    wrote = letters_of.filter(out=False).exclude(sender="").order_by("-id").values_list("sender", flat=True)[:_READ]
    return {*addresses_of(about.contact_id), *wrote, *_written_to(about)}


def _written_to(about: State) -> set[str]:
    """The addresses to which we have sent mail in this conversation, copies included."""
    ids = conversations_of(about.id)
    sent = Letter.objects.filter(conversation_id__in=ids, out=True).order_by("-id")
    found = set(sent.exclude(recipient="").values_list("recipient", flat=True)[:_READ])
    envelopes = Envelope.objects.filter(conversation_id__in=ids, entry__author_kind="agent").order_by("-entry_id")
    for data in envelopes.values_list("data", flat=True)[:_READ]:
        found |= {str(each.get("address", "")).lower() for name in ("to", "cc", "bcc") for each in data.get(name) or ()}
    return found - {""}


def _first(found: Iterable[Mark | None]) -> Mark | None:
    return next((each for each in found if each is not None), None)
