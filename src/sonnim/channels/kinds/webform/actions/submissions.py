"""What is handed in becomes a conversation: its contact, its files, its card, and one confirmation."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F

from sonnim.channels.kinds.webform import CHANNEL, confirming, rules, words
from sonnim.channels.kinds.webform.models import Confirmation, Form
from sonnim.channels.kinds.webform.rules import Answers, Field
from sonnim.contacts.actions.strangers import ensure_stranger
from sonnim.contacts.models import Contact, Tag
from sonnim.conversations import deeds, files
from sonnim.conversations.actions.arriving import place_arrival
from sonnim.conversations.changing import changing
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Ack, Post, ensure_posted
from sonnim.eventlog import log
from sonnim.kernel import clock, secrets
from sonnim.kernel.text import checked_text

IDENTITY = "form"
_SAME = uuid.UUID("5f0c8a52-6f55-4f0e-9d3e-2c5a1f0f6b10")
_json = msgspec.json.Encoder()
Uploads = Mapping[str, Sequence["UploadedFile[Any]"]]


class Handed(msgspec.Struct, frozen=True):
    """What somebody hands in, checked, and from where.

    Attributes:
        nonce: the page's own; the same one twice is the same message.
        page: address and title of the page that holds the form, as its script says.
        trapped: a field was filled in that no person sees; it goes to the spam, and nobody is told.
        aside: it goes there because very many came without the puzzle.
    """

    fields: tuple[Field, ...]
    answers: Answers
    nonce: str
    locale: str
    page: dict[str, str]
    trapped: bool = False
    aside: bool = False


def hand_in(*, form: Form, handed: Handed, uploads: Uploads) -> Ack:
    """Begin a conversation with what was handed in; repeating it does nothing more.

    Raises:
        TextInvalid: all of it together is longer than a message may be.
        TooLarge, AttachmentsInvalid: a file; see conversations.files.
        Conflict: the same page was handed in before with something else.
        Blocked: the shop does not want to hear from this contact.
    """
    text = checked_text(
        rules.plain(handed.fields, handed.answers, handed.locale, yes=words.of(handed.locale)["yes"]),
        may_be_empty=True,
    )
    contact = _contact(form, handed)
    client_id = str(uuid.uuid5(_SAME, f"{form.pk}:{handed.nonce}"))
    repeat = _sent(contact, client_id)
    own = () if repeat else _kept(contact, uploads)
    post = Post(
        form.shop_id, "contact", contact.pk, client_id, text or _title(form, handed.locale), channel=CHANNEL.kind,
        locale=contact.locale, afresh=True, subject=_title(form, handed.locale), data=_card(form, handed),
        attachments=repeat or own,
    )  # fmt: skip
    with log.unit(form.shop_id) as work:
        ack = ensure_posted(post)
        if not ack.repeat:
            if handed.trapped or handed.aside:
                spam = words.of(form.shop.locale)["trap" if handed.trapped else "flood"]
                place_arrival(shop_id=form.shop_id, conversation_id=ack.conversation, spam=spam)
                return ack
            _put_where_it_belongs(form, ack.conversation)
            Form.objects.filter(pk=form.pk).update(count=F("count") + 1, last_at=clock.now())
            _confirm(work, form, contact, handed)
    return ack


def _contact(form: Form, handed: Handed) -> Contact:
    """By the address or number that was typed in; that proves nothing, so it is a stranger's."""
    said = {kind: handed.answers.of(handed.fields, kind) for kind in rules.ONCE}
    said["email"] = said["email"].lower()
    return ensure_stranger(
        shop_id=form.shop_id, kind=IDENTITY, value=said["email"] or said["phone"] or handed.nonce,
        locale=handed.locale, **said,
    )  # fmt: skip


def _sent(contact: Contact, client_id: str) -> tuple[int, ...]:
    found = Entry.objects.filter(author_kind="contact", author_id=contact.pk, client_id=client_id).first()
    return tuple(file["id"] for file in msgspec.json.decode(found.attachments)) if found else ()


def _kept(contact: Contact, uploads: Uploads) -> tuple[int, ...]:
    owner = ("contact", contact.pk)
    return tuple(
        files.store_attachment(shop_id=contact.shop_id, owner=owner, upload=upload).pk
        for each in uploads.values()
        for upload in each
    )


def _card(form: Form, handed: Handed) -> str:
    card: dict[str, Any] = {"title": form.texts["title"], "rows": rules.card(handed.fields, handed.answers)}
    if handed.page:
        card["page"] = handed.page
    return _json.encode({"card": card}).decode()


def _title(form: Form, locale: str) -> str:
    return rules.said(form.texts["title"], locale)


def _put_where_it_belongs(form: Form, conversation_id: int) -> None:
    tags = list(
        Tag.objects.filter(shop_id=form.shop_id, pk__in=form.tag_ids, removed_at=None).values_list("pk", flat=True)
    )
    team = form.team if form.team is not None and form.team.removed_at is None else None
    if not tags and team is None:
        return
    with changing(form.shop_id, conversation_id) as (change, about):
        if team is not None:
            about.team_id = team.pk
            data = {"what": "assigned", "agent_id": None, "from_agent_id": None, "team_id": team.pk}
            change.record(about, "conversation.assigned", entries=[change.entry(about, "event", data=data)])
        if tags:
            deeds.tag(change, about, by=None, add=tags, remove=[])


def _confirm(work: log.Unit, form: Form, contact: Contact, handed: Handed) -> None:
    """Tell an address that something came in its name: at most once an hour, and nothing of what it was."""
    address = handed.answers.of(handed.fields, "email").lower()
    if form.shop.is_demo or not confirming.may_confirm(address):  # its people have no mailboxes
        return
    known, new = Confirmation.objects.get_or_create(
        shop_id=form.shop_id, address=secrets.hash_token(confirming.box_of(address)), defaults={"at": clock.now()}
    )
    if not new and known.at > clock.now() - timedelta(seconds=confirming.EVERY_S):
        return
    Confirmation.objects.filter(pk=known.pk).update(at=clock.now())
    payload = {"shop_id": form.shop_id, "to": address, "locale": handed.locale}
    work.enqueue(confirming.OUTBOX_KIND, payload, shop_id=form.shop_id)


def forget_confirmations() -> int:
    """Forget who was told long enough ago to be told again; answers of how many."""
    with log.unit():
        before = clock.now() - timedelta(seconds=2 * confirming.EVERY_S)
        return Confirmation.objects.filter(at__lt=before).delete()[0]
