"""A mail that came in finds its place: reports, loops and agents' answers first, then its conversation or a new one."""

import uuid
from dataclasses import dataclass, replace

from sonnim.accounts.models import Shop
from sonnim.channels.adapter import Arrived, Begun, Filed, Ignored, Quarantine
from sonnim.channels.kinds.postbox import CHANNEL, agents, placing, reports, rules
from sonnim.channels.kinds.postbox.actions.filed import keep_incoming
from sonnim.channels.kinds.postbox.afar.queries import writer_of
from sonnim.channels.kinds.postbox.contents import digest_of, envelope_json, key_of, name_of, shown_text, subject_of
from sonnim.channels.kinds.postbox.enclosures import Enclosed, enclose, give
from sonnim.channels.kinds.postbox.parsing import letter_of
from sonnim.channels.kinds.postbox.placing import Place
from sonnim.channels.kinds.postbox.queries import Source, letters_alike, sources_of
from sonnim.contacts.actions import ensure_writer
from sonnim.contacts.models import Contact
from sonnim.conversations import reach
from sonnim.conversations.actions.arriving import place_arrival
from sonnim.conversations.posting import Ack, Post, ensure_posted
from sonnim.eventlog import log
from sonnim.kernel.errors import Blocked
from sonnim.letters.letter import Letter as Read

_SUBJECT, _ADDRESS = 200, 254


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail on its way into a timeline.

    Attributes:
        key: its Message-ID; where it has none that could be its own, one made of its bytes.
        digest: of what it says and brings; see contents.digest_of.
        disowned: its server says that it is not from where it claims to be.
        handed_on: a page or a service sent it for `address`, for whom nobody vouches.
    """

    arrived: Arrived
    letter: Read
    mailbox: Source | None
    key: str
    digest: str
    address: str
    disowned: bool
    handed_on: bool

    @property
    def believed(self) -> bool:
        return not self.disowned and not self.handed_on

    @property
    def shop_id(self) -> int:
        return self.arrived.shop_id

    @property
    def mailbox_id(self) -> int | None:
        return self.mailbox.pk if self.mailbox is not None else None


def receive(arrived: Arrived) -> Filed | Ignored:
    """File a mail. The same mail again, from whichever mailbox of the shop, does nothing more.

    Raises:
        Quarantine: it cannot be read, or does not say who wrote it.
    """
    return begin(arrived).finish()


def begin(arrived: Arrived) -> Begun:
    """Read a mail and keep its files; `finish` then puts it into its place, beside others if it is a person's.

    Raises:
        Quarantine: as `receive`.
    """
    letter = letter_of(arrived)
    if reports.is_one(letter):
        return Begun(lambda: reports.take(letter, shop_id=arrived.shop_id), alone=True)
    marks = placing.marks_of(letter, shop_id=arrived.shop_id)
    mark = marks.first
    if marks.like_agents or (mark is not None and mark.kind == "a"):
        agents_mark = mark if mark is not None and mark.kind == "a" else None
        return Begun(lambda: agents.agent_answer(arrived=arrived, letter=letter, mark=agents_mark), alone=True)
    mailboxes = sources_of(arrived.shop_id)
    own = frozenset(rules.bare_address(each.address) for each in mailboxes.values())
    person = rules.handed_on_for(letter, own=own)
    if person is not None:
        letter = replace(letter, sender=person, automatic=False)
    address = letter.sender.address.lower()
    if not address or len(address) > _ADDRESS:
        raise Quarantine("It does not say with certainty who wrote it.")
    refused = _loop(letter, address, arrived.shop_id, own=own)
    if refused:
        return Begun(lambda: Ignored(refused))
    mail = _Mail(
        arrived, letter, mailboxes.get(arrived.source_id), key=key_of(letter, arrived.raw), digest=digest_of(letter),
        address=address, disowned=rules.is_disowned(letter.fields), handed_on=person is not None,
    )  # fmt: skip
    if letter.files and (filed := _filed_before(mail)) is not None:
        return Begun(lambda: filed)
    enclosed = enclose(letter.files, shop_id=arrived.shop_id)
    return Begun(lambda: _file(mail, marks, enclosed))


def _loop(letter: Read, address: str, shop_id: int, *, own: frozenset[str]) -> str:
    """Why a mail would only go round and round; empty for all others."""
    if placing.is_ours(letter, shop_id=shop_id):
        return "A mail of our own that came back."
    if rules.bare_address(address) in own:
        return "It is from an address of the shop itself."
    if letter.hops > rules.MAX_HOPS:
        return f"It went through {letter.hops} servers, which is a loop."
    return ""


def _filed_before(mail: _Mail) -> Filed | None:
    """Where the mail is already. Another one under the same Message-ID is another mail: some programs repeat theirs."""
    known = letters_alike(shop_id=mail.shop_id, message_id=mail.key, sender=mail.address, digest=mail.digest)
    # Without a digest it was erased since, its subject too, or is older than digests.
    same = (each for each in known if each.digest or each.subject in {"", subject_of(mail.letter)})
    return next((Filed(each.conversation_id, each.entry_id) for each in same), None)


def _file(mail: _Mail, marks: placing.Marks, enclosed: Enclosed) -> Filed | Ignored:
    with log.unit(mail.shop_id):
        known = _filed_before(mail)
        if known is not None:
            return known
        place = placing.place_of(mail.letter, marks, shop_id=mail.shop_id, address=mail.address, believed=mail.believed)
        if mail.letter.automatic and rules.is_notice(mail.letter):
            if place is None:
                return Ignored("A machine's answer to no mail of ours.")
            place = replace(place, afresh=False)  # its subject is the machine's own
        writer = _writer(mail, place)
        if writer.blocked:
            return Ignored("The shop does not want to hear from its sender.")
        give(enclosed, contact_id=writer.pk)
        try:
            return _post(mail, place, writer, enclosed)
        except Blocked:
            return Ignored("The shop does not want to hear from its sender.")


def _writer(mail: _Mail, place: Place | None) -> Contact:
    """Who writes: of a conversation its own contact, where that is where we write to them."""
    if place is not None and place.takes_part:
        about = place.about
        own = Contact.objects.get(pk=about.contact_id)
        if own.email.lower() == mail.address and reach.is_carried(about.channel):
            return own
        if writer_of(shop_id=mail.shop_id, conversation_id=about.id, sender=mail.address) == own.pk:
            return own
    written = f"{mail.letter.subject}\n{mail.letter.reply or mail.letter.text}"
    locale = rules.locale_of(written, otherwise="") or Shop.objects.get(pk=mail.shop_id).locale
    return ensure_writer(shop_id=mail.shop_id, address=mail.address, name=name_of(mail.letter.sender), locale=locale)


def _post(mail: _Mail, place: Place | None, writer: Contact, enclosed: Enclosed) -> Filed:
    into = place.about if place is not None and not place.afresh else None
    stranger = not mail.believed or (into is not None and place is not None and not place.takes_part)
    ack = ensure_posted(
        Post(
            mail.shop_id, "contact", writer.pk, str(uuid.uuid4()), shown_text(mail.letter, threaded=into is not None),
            conversation_id=into.id if into is not None else None,
            channel=CHANNEL.kind, locale=writer.locale, subject=subject_of(mail.letter)[:_SUBJECT],
            attachments=tuple(enclosed.attachments), at=_moment(mail.arrived), afresh=into is None,
            by_proxy=into is not None and (stranger or into.contact_id != writer.pk),
            automatic=mail.letter.automatic, envelope=envelope_json(
                mail.letter, source_id=mail.mailbox_id, threaded=into is not None, stranger=stranger,
                spoofed=mail.disowned, incomplete=bool(enclosed.left_out),
            ),
        )
    )  # fmt: skip
    keep_incoming(
        shop_id=mail.shop_id, mailbox_id=mail.mailbox_id, conversation_id=ack.conversation, entry_id=ack.id,
        message_id=mail.key, digest=mail.digest, sender="" if stranger else mail.address, letter=mail.letter,
        quoted=mail.letter.quoted if into is not None and mail.letter.reply.strip() else "", parts=enclosed.parts,
    )  # fmt: skip
    if into is None:
        _place(mail, place, ack)
    return Filed(ack.conversation, ack.id)


def _place(mail: _Mail, place: Place | None, ack: Ack) -> None:
    """A new conversation goes to its mailbox's team, beside the one that it comes from, or among the spam."""
    beside = place.about.id if place is not None and place.takes_part else None
    spam = rules.spam_reason(mail.letter.fields) if beside is None else ""
    team = mail.mailbox.team_id if mail.mailbox is not None else None
    if team is not None or beside is not None or spam:
        place_arrival(shop_id=mail.shop_id, conversation_id=ack.conversation, team_id=team, linked_to=beside, spam=spam)


def _moment(arrived: Arrived) -> int | None:
    """When its server took it, if that was told: a mailbox that is connected today brings the mail of a month."""
    at = arrived.meta.get("received_at")
    return at if isinstance(at, int) and arrived.meta.get("backlog") else None
