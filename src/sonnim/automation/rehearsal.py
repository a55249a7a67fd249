"""What a rule would have done last week: some conversations at a time, read and forgotten. Writes nothing."""

from collections import defaultdict
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from sonnim.accounts.models import Shop
from sonnim.automation import conditions, replay
from sonnim.automation.compiling import Compiled, compile_rule
from sonnim.automation.happening import Line
from sonnim.automation.replay import Past
from sonnim.automation.rules import as_json
from sonnim.automation.shapes import HitObject, RehearsalObject
from sonnim.automation.wellformed import refused
from sonnim.contacts.models import Contact
from sonnim.conversations.rules import NEWEST_FIRST
from sonnim.conversations.state import State, load
from sonnim.kernel import clock, sql
from sonnim.plan.hours.queries import calendar_of

WEEK = timedelta(days=7)
MOST, PAGE = 2_000, 50
LINES = 1_000
"""How much of one conversation is looked at, from its beginning."""
HITS = 10
"""How often at most a rule is shown to act on one conversation."""
_STATUSES = ("open", "snoozed", "resolved", "spam")


def rehearse(*, shop_id: int, wording: Any, after: str | None, rule_id: int = 0) -> RehearsalObject:
    """The next conversations of last week, and what the rule would have done in them.

    Args:
        after: `next` of the answer before; none begins.

    Raises:
        Invalid: the rule cannot be, or `after` is none.
    """
    rule = compile_rule(rule_id, "", wording)
    looked, place = _place(after)
    since = clock.now_ms() - int(WEEK.total_seconds() * 1000)
    page = _page(shop_id, place, since)
    found = _hits(shop_id, rule, [each[2] for each in page], since)
    looked += len(page)
    more = len(page) == PAGE and looked < MOST
    following = f"{looked}:{page[-1][0]}:{page[-1][1]}:{page[-1][2]}" if more else None
    return RehearsalObject(looked=looked, total=max(_total(shop_id, since), looked), hits=found, next=following)


def _place(after: str | None) -> tuple[int, tuple[int, int, int]]:
    if after is None:
        return 0, (0, -1, 0)
    try:
        looked, status, rank, last = map(int, after.split(":"))
    except ValueError:
        raise refused("this is no place to go on from") from None
    if not 0 <= status < len(_STATUSES) or not all(-1 <= each < 10**15 for each in (looked, rank, last)):
        raise refused("this is no place to go on from")
    return looked, (status, rank, last)


def _page(shop_id: int, place: tuple[int, int, int], since: int) -> list[tuple[int, int, int]]:
    """(number of its status, rank, id) of the next conversations in which something was said since then."""
    found: list[tuple[int, int, int]] = []
    first, rank, last = place
    with connection.cursor() as cursor:
        for number in range(first, len(_STATUSES)):
            cursor.execute(
                "SELECT rank, id FROM conversations_conversation WHERE shop_id = %s AND status = %s "
                "AND (rank, id) > (%s, %s) AND rank <= %s ORDER BY rank, id LIMIT %s",
                [shop_id, _STATUSES[number], rank, last, NEWEST_FIRST - since, PAGE - len(found)],
            )
            found += [(number, *row) for row in cursor.fetchall()]
            if len(found) == PAGE:
                break
            rank, last = -1, 0
    return found


def _total(shop_id: int, since: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM conversations_conversation WHERE shop_id = %s "
            "AND status IN ('open', 'snoozed', 'resolved', 'spam') AND rank <= %s LIMIT %s) AS found",
            [shop_id, NEWEST_FIRST - since, MOST],
        )
        return int(cursor.fetchone()[0])


def _hits(shop_id: int, rule: Compiled, ids: list[int], since: int) -> list[HitObject]:
    with connection.cursor() as cursor:
        states = load(cursor, ids)
        lines = _lines(cursor, ids)
    zone = ZoneInfo(Shop.objects.values_list("timezone", flat=True).get(pk=shop_id))
    calendar = calendar_of(shop_id)
    names = dict(Contact.objects.filter(pk__in={each.contact_id for each in states.values()}).values_list("pk", "name"))
    then = as_json(rule.wording.then)
    found = []
    for each in ids:
        about = states[each]
        acted = replay.hits(
            about, lines[each], rule, zone=zone, since=since, until=clock.now_ms(), is_open=calendar.is_open
        )
        found += [_hit(about, rule, hit, names.get(about.contact_id, ""), then) for hit in acted[:HITS]]
    return found


def _hit(about: State, rule: Compiled, hit: replay.Hit, name: str, then: Any) -> HitObject:
    return HitObject(
        rule=rule.id,
        conversation_id=about.id,
        contact_name=name,
        last_text=about.last_text,
        event=hit.event,
        found=conditions.told(rule.wording.if_, hit.facts),
        then=then,
        at=clock.from_ms(hit.at),
    )


def _lines(cursor: Any, ids: list[int]) -> dict[int, list[Past]]:
    cursor.execute(
        "SELECT conversation_id, at, author_id, kind, author_kind, text, data, public FROM conversations_entry "  # noqa: S608
        f"WHERE {sql.among('conversation_id')} AND seq <= %s ORDER BY conversation_id, seq",
        [sql.many(ids), LINES],
    )
    found: defaultdict[int, list[Past]] = defaultdict(list)
    for where, at, author, *line in cursor.fetchall():
        found[where].append(Past(at, author, Line(*line)))
    return found
