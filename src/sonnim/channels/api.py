"""Quarantine over HTTP: what channels brought and nobody could read, looked at, downloaded, tried again, put away."""

from typing import Annotated, Literal

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, HttpResponseBase
from ninja import Query, Status
from typing_extensions import TypedDict

from sonnim.accounts.api.fields import Page
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import ShopRouter, encoded, rfc3339
from sonnim.accounts.permissions import Permission as P
from sonnim.channels import actions, glances, inbound, queries
from sonnim.channels.models import Inbound
from sonnim.channels.registry import CHANNELS
from sonnim.conversations.files import HEADERS
from sonnim.kernel.errors import NotFound

router = ShopRouter(tag="inbound")
routers = (router,)
Cursor = Annotated[str, Query(pattern="^[0-9]{1,15}$")]
_NEVER_KEPT = {"Cache-Control": "private, no-store"}


class InboundObject(TypedDict):
    """Something that came in. `sender` and `about` are what it says of itself; `reason` is why it is not filed."""

    id: int
    channel: str
    source: str
    state: str
    reason: str
    size: int
    sender: str
    about: str
    received_at: str
    conversation_id: int | None


class InboundDetail(InboundObject):
    """With its beginning: raw, and what it says as far as it could be decoded."""

    beginning: str
    text: str


class InboundCount(TypedDict):
    """How many wait for a person."""

    quarantined: int


@router.get("/inbound", needs=P.SHOP_CONFIGURE, response=Page[InboundObject])
def list_inbound(
    caller: Caller,
    state: Literal["quarantined", "ignored", "discarded"] = "quarantined",
    cursor: Cursor | None = None,
) -> HttpResponse:
    """What is not in a timeline, the newest first."""
    found = queries.inbound_page(caller.shop_id, state=state, before_id=int(cursor) if cursor else None)
    rows = found[: queries.PAGE]
    names = {kind: glances.source_names(kind, caller.shop_id) for kind in {row.kind for row in rows}}
    items = [_object(row, names[row.kind], glances.head_of(row)) for row in rows]
    return encoded({"items": items, "next": str(rows[-1].pk) if len(found) > queries.PAGE else None})


@router.get("/inbound/count", needs=P.SHOP_CONFIGURE, response=InboundCount)
def count_inbound(caller: Caller) -> InboundCount:
    """How many wait for a person."""
    return InboundCount(quarantined=queries.quarantined(caller.shop_id))


@router.get("/inbound/{inbound_id}", needs=P.SHOP_CONFIGURE, response=InboundDetail)
def show_inbound(caller: Caller, inbound_id: int) -> HttpResponse:
    """One of them, with its beginning."""
    return encoded(_detail(caller.shop_id, inbound_id))


@router.get("/inbound/{inbound_id}/raw", needs=P.SHOP_CONFIGURE)
def download_inbound(caller: Caller, inbound_id: int) -> HttpResponseBase:
    """It as it came, to be saved."""
    row = queries.inbound_by_id(caller.shop_id, inbound_id)
    try:
        handle = default_storage.open(row.file) if row.file else None
    except FileNotFoundError:
        handle = None
    if handle is None:
        raise NotFound("Its raw form is gone.")
    ending = "eml" if row.kind in CHANNELS and CHANNELS[row.kind].letters else "txt"
    answer = FileResponse(
        handle, as_attachment=True, filename=f"{row.pk}.{ending}", content_type="application/octet-stream"
    )
    for name, value in {**HEADERS, **_NEVER_KEPT}.items():
        answer[name] = value
    return answer


@router.post("/inbound/{inbound_id}/retry", needs=P.SHOP_CONFIGURE, response=InboundDetail)
def retry_inbound(caller: Caller, inbound_id: int) -> HttpResponse:
    """Read it once more, now; the answer says what became of it."""
    actions.retry_inbound(actor=caller.actor, inbound_id=inbound_id)
    inbound.process_now(inbound_id)
    return encoded(_detail(caller.shop_id, inbound_id))


@router.post("/inbound/{inbound_id}/discard", needs=P.SHOP_CONFIGURE, response={204: None})
def discard_inbound(caller: Caller, inbound_id: int) -> Status[None]:
    """Put it away; for a week it can be taken back."""
    actions.discard_inbound(actor=caller.actor, inbound_id=inbound_id)
    return Status(204, None)


@router.post("/inbound/{inbound_id}/restore", needs=P.SHOP_CONFIGURE, response={204: None})
def restore_inbound(caller: Caller, inbound_id: int) -> Status[None]:
    """Take a discarding back."""
    actions.restore_inbound(actor=caller.actor, inbound_id=inbound_id)
    return Status(204, None)


def _detail(shop_id: int, inbound_id: int) -> InboundDetail:
    row = queries.inbound_by_id(shop_id, inbound_id)
    head = glances.head_of(row)
    seen = _object(row, glances.source_names(row.kind, shop_id), head)
    return InboundDetail(**seen, beginning=glances.as_text(head), text=glances.text_of(row))


def _object(row: Inbound, names: dict[int, str], head: bytes) -> InboundObject:
    seen = glances.glance_at(row, head)
    return InboundObject(
        id=row.pk,
        channel=row.kind,
        source=names.get(row.source_id, ""),
        state=row.state,
        reason=row.error,
        size=row.size,
        sender=seen.sender,
        about=seen.about,
        received_at=rfc3339(row.received_at),
        conversation_id=row.conversation_id,
    )
