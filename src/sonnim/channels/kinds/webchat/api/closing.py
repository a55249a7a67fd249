"""While a shopper waits, and when a conversation ends: how long it takes, whether it was solved, a copy of it."""

from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpResponse
from pydantic import Field

from sonnim.accounts.http import Body, OpenRouter, RowId, Text, encoded
from sonnim.accounts.queries import shop_by_id
from sonnim.channels.kinds.webchat import cards, queries, schemas
from sonnim.channels.kinds.webchat.api.visitor import VISITOR
from sonnim.contacts.models import Contact
from sonnim.conversations.actions.settled import MAX_WORDS, record_solved
from sonnim.conversations.actions.transcripts import request_transcript
from sonnim.conversations.talks import Talk, talk_of
from sonnim.conversations.transcript import transcript_of
from sonnim.kernel.errors import NotFound
from sonnim.kernel.text import pick_locale
from sonnim.kernel.throttle import throttle

router = OpenRouter(tag="widget")
MAILS = (2, 24 * 3600)
Zone = Annotated[Text, Field(max_length=60)]


class SolvedBody(Body):
    """The shopper's own word; words go with it if there are any."""

    conversation: RowId
    solved: bool
    words: Annotated[Text, Field(max_length=MAX_WORDS)] = ""


class TranscriptBody(Body):
    """A copy by mail, to the address that the shopper has left."""

    locale: Text = "en"
    timezone: Zone = ""


def _talk(contact: Contact) -> Talk:
    found = talk_of(shop_id=contact.shop_id, contact_id=contact.pk)
    if found is None:
        raise NotFound("There is no conversation yet.")
    return found


@router.get("/widget/now", needs=VISITOR, response=schemas.Now)
def read_now(contact: Contact) -> HttpResponse:
    """Whether the shop is open, who comes before this shopper, and how long an answer takes."""
    throttle("visitor-question", str(contact.pk), *settings.VISITOR_QUESTIONS)
    return encoded(queries.now(shop=shop_by_id(contact.shop_id), contact=contact))


@router.post("/widget/solved", needs=VISITOR)
def say_solved(contact: Contact, body: SolvedBody) -> HttpResponse:
    """Was this solved? What was not comes back to the desk."""
    throttle("visitor-question", str(contact.pk), *settings.VISITOR_QUESTIONS)
    record_solved(
        shop_id=contact.shop_id,
        conversation_id=body.conversation,
        contact_id=contact.pk,
        solved=body.solved,
        words=body.words,
    )
    return HttpResponse(status=204)


@router.get("/widget/transcript", needs=VISITOR)
def read_transcript(
    contact: Contact, format: Literal["text", "html"] = "text", locale: str = "en", timezone: str = ""
) -> HttpResponse:
    """A copy of the conversation to keep."""
    throttle("visitor-question", str(contact.pk), *settings.VISITOR_QUESTIONS)
    paper = transcript_of(
        shop=shop_by_id(contact.shop_id),
        contact=contact,
        talk=_talk(contact),
        locale=pick_locale(locale),
        timezone=timezone[:60],
    )
    kind, body = ("html", paper.as_html()) if format == "html" else ("plain", paper.as_text())
    # Never shown as a page of ours: the words in it are anybody's.
    headers = {"Content-Disposition": "attachment", "Content-Security-Policy": "sandbox; default-src 'none'"}
    return HttpResponse(body, content_type=f"text/{kind}; charset=utf-8", headers=headers)


@router.post("/widget/transcript", needs=VISITOR)
def mail_transcript(contact: Contact, body: TranscriptBody) -> HttpResponse:
    """A copy of the conversation by mail, to the address that the shopper has left."""
    throttle("visitor-transcript", str(contact.pk), *MAILS)
    request_transcript(
        contact=contact, state=_talk(contact).current, locale=pick_locale(body.locale), timezone=body.timezone
    )
    return HttpResponse(status=202)


@router.get("/widget/card", needs=VISITOR, response=schemas.Card)
def read_card(contact: Contact, entry: int) -> HttpResponse:
    """What the store's own page is about to which a message of this shopper's conversation links."""
    throttle("visitor-card", str(contact.pk), *settings.VISITOR_QUESTIONS)
    found = cards.card_of(contact=contact, entry_id=entry)
    if found is None:
        raise NotFound("There is no card for this message.")
    return encoded(found)
