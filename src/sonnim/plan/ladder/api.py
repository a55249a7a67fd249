"""The HTTP side of the ladder: agents concede and ask within the plan, leads see the ledger."""

from typing import Annotated, Any, Literal

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from pydantic import Field, StringConstraints

from sonnim.accounts.api.fields import Page
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, ShopRouter, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.conversations.queues import cursor_after, read_cursor
from sonnim.conversations.together import QuestionObject
from sonnim.plan.document.parts import Reference
from sonnim.plan.document.rules import OrderTotal
from sonnim.plan.ladder import actions, queries
from sonnim.plan.ladder.shapes import ConcessionObject, LadderObject, LedgerSums, concession_object
from sonnim.plan.ladder.showing import ladder_of
from sonnim.plan.ladder.wanted import Measure, Wanted

router = ShopRouter(tag="ladder")
routers = (router,)
HERE = "/conversations/{conversation_id}"
Sum = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,10}(\.[0-9]{1,4})?$")]
Currency = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]
Order = Annotated[Text, StringConstraints(max_length=80)]
Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}$")]
ClientId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{8,64}$")]


class WantedBody(Body):
    """What to concede, of which order; sums are decimals as text."""

    concession: Reference = ""
    step: Reference = ""
    measure: Measure = "count"
    value: Sum = "1"
    currency: Currency = ""
    order: Order = ""
    order_total: Sum | Literal[""] = ""
    order_currency: Currency = ""
    reason: Annotated[Text, StringConstraints(max_length=500)] = ""
    sentence: Annotated[Text, StringConstraints(max_length=2_000)] = ""

    def wanted(self) -> Wanted:
        """The same for the actions."""
        return Wanted(**{name: getattr(self, name) for name in Wanted.__dataclass_fields__})


class ConcedeBody(WantedBody):
    """`client_id` is the client's own for this concession: sent again, it is not conceded again."""

    client_id: ClientId
    approval_id: RowId | None = None


class AskBody(WantedBody):
    """`within_seconds` shortens what the plan gives to whoever decides, for a shopper who cannot wait."""

    within_seconds: Annotated[int, Field(ge=1, le=86_400)] | None = None


class DecisionBody(Body):
    """Granted, less of it (`value`), or refused; then `text` says why."""

    decision: Literal["grant", "less", "refuse"]
    value: Sum | Literal[""] = ""
    text: Annotated[Text, StringConstraints(max_length=2_000)] = ""


@router.get(HERE + "/ladder", needs=P.CONVERSATION_REPLY, response=LadderObject)
def read_ladder(
    caller: Caller,
    conversation_id: int,
    order: Order = "",
    order_total: Sum | Literal[""] = "",
    order_currency: Currency = "",
) -> HttpResponse:
    """What the plan lets this agent concede next to this shopper, and the words for it."""
    total = OrderTotal(order_total, order_currency) if order_total and order_currency else None
    return encoded(ladder_of(agent=caller.agent, conversation_id=conversation_id, order=order, total=total))


@router.post(HERE + "/concessions", needs=P.CONVERSATION_REPLY, response=ConcessionObject)
def concede(caller: Caller, conversation_id: int, body: ConcedeBody) -> HttpResponse:
    """Note what is conceded; above one's limit only what was granted."""
    return encoded(
        actions.concede(
            actor=caller.actor, conversation_id=conversation_id, client_id=body.client_id, wanted=body.wanted(),
            approval_id=body.approval_id,
        )
    )  # fmt: skip


@router.post(HERE + "/approvals", needs=P.CONVERSATION_REPLY, response=QuestionObject)
def ask_approval(caller: Caller, conversation_id: int, body: AskBody) -> HttpResponse:
    """Ask whoever decides for more than one's limit."""
    return encoded(
        actions.ask_approval(
            actor=caller.actor, conversation_id=conversation_id, wanted=body.wanted(),
            within_seconds=body.within_seconds,
        )
    )  # fmt: skip


@router.post("/approvals/{approval_id}/answer", needs=P.CONVERSATION_NOTE, response=QuestionObject)
def answer_approval(caller: Caller, approval_id: int, body: DecisionBody) -> HttpResponse:
    """Grant it, grant less, or refuse: whoever was asked, who stands in, admins and owners."""
    return encoded(
        actions.answer_approval(
            actor=caller.actor, approval_id=approval_id, decision=body.decision, text=body.text, value=body.value
        )
    )


@router.post("/concessions/{concession_id}/take-back", needs=P.CONVERSATION_REPLY, response=ConcessionObject)
def take_back(caller: Caller, concession_id: int) -> HttpResponse:
    """It was not given after all."""
    return encoded(actions.take_back(actor=caller.actor, concession_id=concession_id))


@router.get("/concessions", needs=P.AUDIT_READ, response=Page[ConcessionObject])
def list_concessions(
    caller: Caller,
    agent_id: RowId | None = None,
    kind: Text = "",
    contact_id: RowId | None = None,
    conversation_id: RowId | None = None,
    month: Month | None = None,
    order: Order = "",
    standing: bool | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Field(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """The ledger, newest first; `standing` leaves out, or shows alone, what was taken back."""
    wanted = _wanted(agent_id, kind, contact_id, conversation_id, month, order, standing)
    before = read_cursor(cursor, 1)[0] if cursor is not None else None
    rows = queries.page(shop_id=caller.shop_id, wanted=wanted, before=before, limit=limit)
    shown = rows[:limit]
    more = cursor_after(shown[-1].pk) if len(rows) > limit else None
    return {"items": [concession_object(each) for each in shown], "next": more}


@router.get("/concessions/sums", needs=P.AUDIT_READ, response=LedgerSums)
def sum_concessions(caller: Caller, since: Month | None = None, agent_id: int | None = None) -> LedgerSums:
    """What was conceded by month, agent and kind, from a month on; without what was taken back."""
    return LedgerSums(items=queries.sums(shop_id=caller.shop_id, since=since or "", agent_id=agent_id))


@router.get("/concessions/export", needs=P.AUDIT_READ)
def export_concessions(
    caller: Caller,
    agent_id: RowId | None = None,
    kind: Text = "",
    contact_id: RowId | None = None,
    conversation_id: RowId | None = None,
    month: Month | None = None,
    order: Order = "",
    standing: bool | None = None,
) -> HttpResponseBase:
    """The ledger as CSV, up to 100,000 lines."""
    wanted = _wanted(agent_id, kind, contact_id, conversation_id, month, order, standing)
    table = actions.export_ledger(actor=caller.actor, wanted=wanted)
    answer = StreamingHttpResponse(table, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="concessions.csv"'
    return answer


def _wanted(
    agent_id: int | None,
    kind: str,
    contact_id: int | None,
    conversation_id: int | None,
    month: str | None,
    order: str,
    standing: bool | None,
) -> dict[str, Any]:
    return {
        "agent_id": agent_id, "kind": kind[:20], "contact_id": contact_id, "conversation_id": conversation_id,
        "month": month, "order": order, "standing": standing,
    }  # fmt: skip
