"""The HTTP side of the widget. Cookies mean nothing here: a shopper is known by its visitor token alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import File
from ninja.files import UploadedFile

from sonnim.accounts.callers import client_address
from sonnim.accounts.http import PUBLIC_COOKIELESS, OpenRouter, encoded, visitor
from sonnim.accounts.queries import shop_by_key
from sonnim.channels import presence
from sonnim.channels.kinds.webchat import CHANNEL, actions, queries, schemas
from sonnim.contacts.models import Contact
from sonnim.contacts.queries import visitor_by_token
from sonnim.conversations import files
from sonnim.conversations.api import ack_object
from sonnim.conversations.check import check_message
from sonnim.conversations.posting import Post
from sonnim.conversations.shapes import AttachmentObject, attachment_object
from sonnim.conversations.writer import writer
from sonnim.kernel.errors import Throttled, Unauthenticated
from sonnim.kernel.throttle import throttle

router = OpenRouter(tag="widget")
routers = (router,)


def visiting(request: HttpRequest) -> Contact:
    """The contact whose visitor token the request carries.

    Raises:
        Unauthenticated: none, or not one of ours.
        Throttled: too many wrong ones from this address.
    """
    scheme, _, token = str(request.META.get("HTTP_AUTHORIZATION", "")).partition(" ")
    contact = visitor_by_token(token.strip()) if scheme.lower() == "visitor" else None
    if contact is None or contact.blocked:
        throttle("visitor-token", client_address(request), *settings.VISITOR_GUESSES)
        raise Unauthenticated("This visitor token is not valid.")
    return contact


VISITOR = visitor(visiting)


@router.post("/widget/session", needs=PUBLIC_COOKIELESS, response=schemas.SessionAnswer)
def begin_session(request: HttpRequest, body: schemas.SessionBody) -> HttpResponse:
    """Open the chat: recognises the shopper, and answers everything that the widget needs to begin."""
    address = client_address(request)
    if body.token is not None and not isinstance(body.token, str):
        throttle("visitor-token", address, *settings.VISITOR_GUESSES)
    shop = shop_by_key(body.key)
    if visitor_by_token(body.token, shop_id=shop.pk) is None:
        throttle("visitor-new", address, *settings.VISITOR_ARRIVALS)
        if body.token is not None:
            throttle("visitor-token", address, *settings.VISITOR_GUESSES)
    else:
        # A customer who comes without proof, or a visitor with one, gets a new key each time.
        throttle("visitor-again", address, *settings.VISITOR_RETURNS)
    visit = actions.begin_visit(
        shop=shop, token=body.token, identity=body.identity, locale=body.locale, timezone=body.timezone,
        page=body.page.url if body.page else "",
    )  # fmt: skip
    answer = queries.session(shop=shop, contact=visit.contact)
    online = presence.agents_online(shop.pk)
    answer["agents"].sort(key=lambda agent: agent["id"] not in online)
    return encoded({"token": visit.token, "online": sorted(online), **answer})


@router.get("/widget/entries", needs=VISITOR)
def list_widget_entries(contact: Contact, before: int, limit: int = 50) -> HttpResponse:
    """Entries before the one with an id, oldest first."""
    items, following = queries.older_entries(contact=contact, before=min(max(before, 1), 2**53), limit=limit)
    return encoded({"items": items, "next": following})


@router.post("/widget/messages", needs=VISITOR)
def post_widget_message(contact: Contact, body: schemas.WidgetMessageBody) -> HttpResponse:
    """Write; repeating the same client_id answers the same acknowledgement."""
    check_message(body.client_id, body.text, tuple(body.attachments), body.conversation)
    wait = throttle("visitor-message", str(contact.pk), *settings.VISITOR_HTTP_MESSAGES, refuse=False)
    if wait:
        raise Throttled("A little slower, please.", retry_after=wait)
    post = Post(
        contact.shop_id, "contact", contact.pk, body.client_id, body.text, channel=CHANNEL.kind, locale=contact.locale,
        conversation_id=body.conversation, attachments=tuple(body.attachments),
    )  # fmt: skip
    return encoded(ack_object(writer.post(post)))


@router.post("/widget/attachments", needs=VISITOR, response=AttachmentObject)
def upload_widget_attachment(contact: Contact, file: File[UploadedFile]) -> HttpResponse:
    """Upload a file; a message then names its id."""
    throttle("visitor-upload", str(contact.pk), *settings.VISITOR_UPLOADS)
    stored = files.store_attachment(shop_id=contact.shop_id, owner=("contact", contact.pk), upload=file)
    return encoded(attachment_object(stored), status=201)


@router.get("/widget/attachments/{attachment_id}/content", needs=VISITOR)
def widget_attachment_content(contact: Contact, attachment_id: int, download: bool = False) -> HttpResponseBase:
    """The file itself."""
    found = files.attachment_for(shop_id=contact.shop_id, attachment_id=attachment_id, reader=("contact", contact.pk))
    return files.serve(found, download=download)


@router.patch("/widget/contact", needs=VISITOR, response=schemas.VisitorContact)
def tell_name(contact: Contact, body: schemas.VisitorBody) -> HttpResponse:
    """How the shop may call and reach the shopper. A proven customer's name is the store's to change."""
    throttle("visitor-change", str(contact.pk), *settings.VISITOR_CHANGES)  # each is told to the whole desk
    changes = body.model_dump(exclude_none=True, exclude={"page"})
    found = actions.leave_address(contact=contact, changes=changes, page=body.page.url if body.page else "")
    reachable = bool(found["email"])
    return encoded(
        {"id": found["id"], "name": found["name"] or None, "verified": found["verified"], "reachable": reachable}
    )
