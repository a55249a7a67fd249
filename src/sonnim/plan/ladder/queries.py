"""Reads of the ladder and of the ledger."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum

from sonnim.accounts.models import Agent, Shop
from sonnim.conversations.deciding import DECIDERS, Whom
from sonnim.conversations.models import Conversation, Question
from sonnim.kernel import clock
from sonnim.plan.document import queries as plans
from sonnim.plan.document.parts import Party
from sonnim.plan.ladder.rules import STAND, Given, as_text, order_key, to_units
from sonnim.plan.ladder.shapes import LedgerSum
from sonnim.plan.ladder.wanted import Wanted
from sonnim.plan.models import Concession

RECENT = timedelta(days=30)
SHOWN = 50
MOST_SUMS = 1_000
GRANTED = ("granted", "granted_less")


def local_day(shop_id: int, at: datetime) -> str:
    """The day in the shop's time zone, `2026-11-22`."""
    zone = Shop.objects.values_list("timezone", flat=True).get(pk=shop_id)
    return at.astimezone(ZoneInfo(zone)).date().isoformat()


def talk_of(conversation_id: int) -> list[int]:
    """A conversation and all that were merged into it."""
    found = [conversation_id]
    newest = found
    while newest:
        newest = list(Conversation.objects.filter(merged_into_id__in=newest).values_list("pk", flat=True))
        newest = [each for each in newest if each not in found]
        found = found + newest
    return found


def given_before(*, shop_id: int, talk: Sequence[int], concession: str, order: str) -> list[Given]:
    """What was conceded of an entry of the menu for the same order, and stands.

    It is the same order where both name it; in one conversation also where one of them names none.
    """
    return all_given_before(shop_id=shop_id, talk=talk, order=order, concession=concession).get(concession, [])


def all_given_before(
    *, shop_id: int, talk: Sequence[int], order: str, concession: str | None = None
) -> dict[str, list[Given]]:
    """The same of each entry of the menu, by its id."""
    key = order_key(order)
    here = Q(conversation_id__in=talk)
    same = (here & Q(order_key__in=["", key])) | Q(order_key=key) if key else here
    rows = Concession.objects.filter(same, shop_id=shop_id, taken_back_at=None).exclude(kind=STAND)
    if concession is not None:
        rows = rows.filter(concession=concession)
    found: dict[str, list[Given]] = {}
    columns = ("concession", "measure", "units", "currency", "order_units", "order_currency")
    for name, *given in rows.order_by("id").values_list(*columns):
        found.setdefault(name, []).append(Given(*given))
    return found


def conceded_to(*, shop_id: int, contact_id: int, talk: Sequence[int]) -> list[Concession]:
    """What stands of what was conceded in a talk, and to its shopper within the last 30 days; newest first."""
    rows = Concession.objects.filter(shop_id=shop_id, taken_back_at=None).select_related("conversation")
    here = rows.filter(conversation_id__in=talk)
    others = rows.filter(conversation__contact_id=contact_id, at__gte=clock.now() - RECENT)
    found = {row.pk: row for part in (here, others) for row in part.order_by("-id")[:SHOWN]}
    return sorted(found.values(), key=lambda row: -row.pk)


def spoken_lines(*, shop_id: int, contact_id: int) -> Iterator[Concession]:
    """A shopper's lines with words in them, also those taken back."""
    rows = Concession.objects.filter(shop_id=shop_id, conversation__contact_id=contact_id)
    return rows.exclude(reason="", sentence="").only("reason", "sentence").order_by("id").iterator()


def unused_approvals(*, shop_id: int, talk: Sequence[int]) -> list[Question]:
    """What was asked for in a talk and waits for an answer, or was granted and not conceded yet; newest last."""
    asked = Question.objects.filter(conversation_id__in=talk, shop_id=shop_id, withdrawn_at=None).exclude(matter={})
    rows = [row for row in asked.order_by("-id")[:SHOWN] if not row.answered_at or row.matter["outcome"] in GRANTED]
    used = set(
        Concession.objects.filter(approval_id__in=[row.pk for row in rows]).values_list("approval_id", flat=True)
    )
    return [row for row in reversed(rows) if row.pk not in used]


def asked_already(*, conversation_id: int, by: int, concession: str, wanted: Wanted, version: int) -> Question | None:
    """The open request for the very same thing by the same agent, in the same words, by the same plan."""
    mine = Question.objects.filter(conversation_id=conversation_id, asked_by_id=by, answered_at=None, withdrawn_at=None)
    same: dict[str, object] = {
        "concession": concession,
        "measure": wanted.measure,
        "value": as_text(to_units(wanted.value)),
    }
    same |= {"currency": wanted.currency, "order": wanted.order.strip(), "version": version}
    for each in mine.filter(text=wanted.reason.strip()).exclude(matter={}).order_by("id"):
        if same.items() <= each.matter.items():
            return each
    return None


def whom_of(shop_id: int, party: Party | None, *, asker: int, besides: int | None = None) -> Whom | None:
    """Who is asked for a party of the plan: one agent, or a role that decides; None where nobody else is meant.

    A team is asked by a member who takes conversations now, of these by the one of the highest role, and of those by
    the one with the fewest open questions.

    Args:
        besides: somebody who is asked already.
    """
    if party is None:
        return None
    if party.kind == "role":
        return Whom(role=party.role) if party.role in DECIDERS else None
    ids = [each for each in plans.agents_of(shop_id, party) if each not in (asker, besides)]
    if not ids:
        return None
    here = {"answered_at": None, "withdrawn_at": None, "shop_id": shop_id, "to_agent_id__in": ids}
    busy = dict(
        Question.objects.filter(**here)
        .values_list("to_agent_id")
        .annotate(n=Count("id"))
        .values_list("to_agent_id", "n")
    )
    ranks = ["agent", *DECIDERS]
    found = Agent.objects.filter(pk__in=ids).values_list("pk", "role", "availability")
    _, _, _, chosen = min((there != "online", -ranks.index(role), busy.get(pk, 0), pk) for pk, role, there in found)
    return Whom(agent_id=chosen)


def ledger(*, shop_id: int, wanted: dict[str, Any]) -> QuerySet[Concession]:
    """The ledger, newest first.

    Args:
        wanted: any of agent_id, kind, contact_id, conversation_id, month, order, standing.
    """
    rows = Concession.objects.filter(shop_id=shop_id).select_related("conversation").order_by("-id")
    for name in ("agent_id", "kind", "conversation_id", "month"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("contact_id"):
        rows = rows.filter(conversation__contact_id=wanted["contact_id"])
    if wanted.get("order"):
        rows = rows.filter(order_key=order_key(wanted["order"]))
    if wanted.get("standing") is not None:
        rows = rows.filter(taken_back_at__isnull=wanted["standing"])
    return rows


def page(*, shop_id: int, wanted: dict[str, Any], before: int | None, limit: int) -> list[Concession]:
    """One more row than `limit`, so that one knows whether more follow."""
    rows = ledger(shop_id=shop_id, wanted=wanted)
    return list((rows.filter(pk__lt=before) if before is not None else rows)[: limit + 1])


def in_steps(rows: QuerySet[Concession], *, most: int, step: int = 500) -> Iterator[Concession]:
    """The ledger part by part, so that no transaction stays open while somebody downloads."""
    last, found = None, 0
    while found < most:
        part = list((rows.filter(pk__lt=last) if last is not None else rows)[: min(step, most - found)])
        yield from part
        if len(part) < step:
            return
        last, found = part[-1].pk, found + len(part)


def sums(*, shop_id: int, since: str = "", agent_id: int | None = None) -> list[LedgerSum]:
    """What stands, by month, agent, kind and measure; the newest month first, at most 1,000 rows.

    Args:
        since: a month, `2026-11`.
    """
    rows = Concession.objects.filter(shop_id=shop_id, taken_back_at=None, month__gte=since).exclude(kind=STAND)
    if agent_id is not None:
        rows = rows.filter(agent_id=agent_id)
    groups = rows.values("month", "agent_id", "kind", "measure", "currency").annotate(n=Count("id"), units=Sum("units"))
    ordered = groups.order_by("-month", "agent_id", "kind", "measure", "currency")
    return [
        LedgerSum(
            month=row["month"],
            agent_id=row["agent_id"],
            kind=row["kind"],
            measure=row["measure"],
            currency=row["currency"],
            count=row["n"],
            value=as_text(int(row["units"])),
        )
        for row in ordered[:MOST_SUMS]
    ]
