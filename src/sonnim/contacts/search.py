"""Finding contacts, and keeping the index of them in step with what the desk knows."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Exists, OuterRef

from sonnim.contacts.models import Contact, ContactTag
from sonnim.kernel import clock
from sonnim.kernel.highlights import fit
from sonnim.kernel.tokens import Term, terms_of, tokens_of
from sonnim.search import index, lookup
from sonnim.search.index import Text

MAX_PART = 2_000
FOREVER = lookup.FOREVER
STEPS = (64, 500)


class Match(NamedTuple):
    """A contact that a query found, and the line of it that holds the first of the query's terms."""

    contact: Contact
    field: str
    text: str


def lines_of(contact: Contact) -> list[tuple[str, str]]:
    """What a contact is found by: (field, text), the most telling first."""
    digits = re.sub(r"\D", "", contact.phone)
    attributes = [value for value in contact.attributes.values() if isinstance(value, str | int)]
    parts = [
        ("name", contact.name),
        ("email", contact.email),
        ("phone", contact.phone),
        ("phone", digits),
        *(("attributes", str(value)) for value in attributes),
        ("notes", contact.notes),
    ]
    return [(field, text[:MAX_PART]) for field, text in parts if text]


def text_of(contact: Contact) -> Text:
    """A contact as the index takes it."""
    lines = "\n".join(text for _, text in lines_of(contact))
    return Text(contact.shop_id, contact.pk, lines, clock.to_ms(contact.created_at))


def index_contacts(contacts: Iterable[Contact]) -> None:
    """Let new contacts be found, ids ascending; of those of whom nothing is known there is nothing to find."""
    with connection.cursor() as cursor:
        texts = [text_of(contact) for contact in contacts]
        index.put_texts(cursor, "contact", [text for text in texts if text.text])


def reindex_contact(contact: Contact, *, was: Text) -> None:
    """Follow a change: call it after the row has changed, with `text_of` from before."""
    now = text_of(contact)
    if now.text == was.text:
        return
    with connection.cursor() as cursor:
        forget_contact(cursor, was)
        if now.text:
            index.put_texts(cursor, "contact", [now])


def forget_contact(cursor: CursorWrapper, was: Text) -> None:
    """Let a contact be found no more, and drop the words that it alone had."""
    if not was.text:
        return
    index.take_text(cursor, "contact", was)
    unused = [
        word
        for word in tokens_of(was.text).words
        if lookup.holds_none(cursor, "contact", was.shop_id, word)
        and lookup.holds_none(cursor, "entry", was.shop_id, word)
    ]
    index.forget_words(cursor, was.shop_id, unused)


def find_contacts(
    *, shop_id: int, query: str, tag_id: int | None = None, before: int = FOREVER, limit: int = 25
) -> tuple[list[Match], int | None]:
    """Contacts that hold every part of a query, newest first, and the id below which the next page begins."""
    terms = terms_of(_storable(query))
    if not terms:
        return [], None
    with connection.cursor() as cursor:
        for wanted in (lookup.wanted_of(terms), lookup.widened(cursor, shop_id, terms)):
            found = _page(cursor, shop_id, terms, wanted, tag_id, before, limit)
            if found[0] or found[1]:
                return found
    return [], None


def _storable(query: str) -> str:
    return query.replace("\x00", "").encode("utf-8", "ignore").decode()


def _page(
    cursor: CursorWrapper,
    shop_id: int,
    terms: list[Term],
    wanted: lookup.Wanted,
    tag_id: int | None,
    before: int,
    limit: int,
) -> tuple[list[Match], int | None]:
    matches: list[Match] = []
    present = Contact.objects.filter(shop_id=shop_id, merged_into=None)
    if tag_id is not None:
        present = present.filter(Exists(ContactTag.objects.filter(contact=OuterRef("pk"), tag_id=tag_id)))
    for step in STEPS:
        ids = lookup.find_ids(cursor, "contact", shop_id, wanted, before=before, limit=step)
        shown = present.in_bulk(ids)
        for identity in ids:
            match = _matched(shown.get(identity), terms)
            if match is None:
                continue
            if len(matches) == limit:
                return matches, matches[-1].contact.pk
            matches.append(match)
        if len(ids) < step:
            return matches, None
        before = min(ids)
    return matches, before


def _matched(contact: Contact | None, terms: list[Term]) -> Match | None:
    if contact is None:
        return None
    lines = lines_of(contact)
    if fit("\n".join(text for _, text in lines), terms) is None:
        return None
    each = [max((fit(text, [term]) or 0.0) for term in terms) for _, text in lines]
    field, text = lines[each.index(max(each))]
    return Match(contact, field, text)


def text_before(contact: Contact, fields: Iterable[str]) -> Text | None:
    """`text_of`, if a change of these fields can matter to the search."""
    searched: set[Any] = {"name", "email", "phone", "attributes", "notes"}
    return text_of(contact) if searched & set(fields) else None
