"""What only time brings: rules that listen to how long something lasts."""

import logging

from django.db import connection

from sonnim.automation.actions.runs import note_lasted
from sonnim.automation.compiling import Compiled
from sonnim.automation.conditions import Facts
from sonnim.automation.happening import now_of
from sonnim.automation.keeping import is_open
from sonnim.automation.lasting import SINCE, lasting_sql, since_of
from sonnim.automation.queries import acted_since, active_rules, already_ran, in_force, lasting_page, shops_with_rules
from sonnim.automation.rules import Lasting
from sonnim.automation.running import Setting, run_one
from sonnim.conversations.change import Change
from sonnim.conversations.state import State, load
from sonnim.eventlog import log
from sonnim.kernel import clock

_logger = logging.getLogger(__name__)
AT_ONCE = 100
IN_A_UNIT = 25
"""How many a rule acts on in one transaction: shoppers' messages wait that long."""
A_LOOK = 20
"""Pages of one rule in one look; the next look goes on from there."""


class Watch:
    """One process's eye on what lasts. Several may look: a rule acts once as long as it lasts, whoever sees it."""

    def __init__(self) -> None:
        self._after: dict[tuple[int, int], tuple[int, int]] = {}

    def look(self) -> int:
        """Let rules act on what has lasted long enough; answers on how many conversations they did."""
        return sum(self._look(shop, rule) for shop in shops_with_rules() for rule in active_rules(shop) if rule.lasting)

    def _look(self, shop_id: int, rule: Compiled) -> int:
        try:
            return sum(self._pages(shop_id, rule, at, event) for at, event in enumerate(rule.lasting))
        except Exception:  # the other rules, and the other shops, must not wait for this one
            _logger.exception("rule %d could not act on what lasts", rule.id)
            return 0

    def _pages(self, shop_id: int, rule: Compiled, at: int, event: Lasting) -> int:
        condition, parameters, first = lasting_sql(event, clock.now_ms())
        after = self._after.pop((rule.id, at), first)
        acted = 0
        for _ in range(A_LOOK):
            with connection.cursor() as cursor:
                page = lasting_page(
                    cursor, shop_id=shop_id, condition=condition, parameters=parameters, after=after, limit=AT_ONCE,
                    since=SINCE[type(event)],
                )  # fmt: skip
                known = acted_since(cursor, rule.id, type(event).__name__.lower(), [each[1] for each in page])
            ids = [each for _, each, since in page if (each, since) not in known]
            if ids:
                acted += act_on_lasting(shop_id=shop_id, rule=rule, event=event, ids=ids)
            if len(page) < AT_ONCE:
                return acted
            after = page[-1][:2]
        self._after[rule.id, at] = after
        return acted


def act_on_lasting(*, shop_id: int, rule: Compiled, event: Lasting, ids: list[int]) -> int:
    """Let a rule act on those of these conversations on which it has not yet; answers on how many it did."""
    what = type(event).__name__.lower()
    with connection.cursor() as cursor:
        known = acted_since(cursor, rule.id, what, ids)
        found = load(cursor, ids)
    wanted = [each for each in ids if each in found and _is_due(found[each], rule, event, known)]
    return sum(
        _act(shop_id, rule, event, wanted[start : start + IN_A_UNIT]) for start in range(0, len(wanted), IN_A_UNIT)
    )


def _act(shop_id: int, rule: Compiled, event: Lasting, wanted: list[int]) -> int:
    what = type(event).__name__.lower()
    acted = 0
    with log.unit(shop_id) as work, Change(work, expected_entries=len(wanted)) as change:
        force = in_force(change.cursor, shop_id)
        if force is None or rule.id not in force.by_id:
            return 0
        change.load(wanted)
        known = acted_since(change.cursor, rule.id, what, wanted)
        for each in wanted:
            about = change.get(shop_id, each)
            since = since_of(event, about)
            if since is None or not _is_due(about, rule, event, known):
                continue  # another node was here, or an answer
            note_lasted(rule_id=rule.id, conversation_id=each, event=what, since=since)
            key = f"{what}:{since}"
            if already_ran([rule.id], each, key):
                continue  # the log remembers longer what has been reopened since
            setting = Setting(shop_id, each, key, [], was=now_of(about))
            acted += run_one(change, about, rule, setting, event=what)
    return acted


def _is_due(about: State, rule: Compiled, event: Lasting, acted: set[tuple[int, int]]) -> bool:
    since = since_of(event, about)
    if since is None or (about.id, since) in acted or since > clock.now_ms() - event.for_s * 1000:
        return False
    return rule.holds(Facts(about, was=now_of(about), is_open=lambda: is_open(about.shop_id)))
