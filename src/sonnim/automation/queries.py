"""Reads of rules, macros, and of what the rules did."""

from django.db.backends.utils import CursorWrapper

from sonnim.automation.compiling import Compiled, Force, compile_rule
from sonnim.automation.models import Edition, Macro, Rule, Run
from sonnim.automation.rules import MAX_MACROS, MAX_RULES
from sonnim.kernel import clock, sql
from sonnim.kernel.errors import NotFound

PAGE = 50
_compiled: dict[int, tuple[str, Force]] = {}


def in_force(cursor: CursorWrapper, shop_id: int) -> Force | None:
    """The active rules of a shop: one look at one row, compiled again only when they are worded otherwise."""
    cursor.execute("SELECT token FROM automation_edition WHERE shop_id = %s", [shop_id])
    row = cursor.fetchone()
    if row is None or not row[0]:
        return None
    known = _compiled.get(shop_id)
    if known is None or known[0] != row[0]:
        known = row[0], Force(shop_id, active_rules(shop_id))
        _compiled[shop_id] = known
    return known[1]


def active_rules(shop_id: int) -> list[Compiled]:
    """The active rules of a shop, compiled, in order."""
    found = Rule.objects.filter(shop_id=shop_id, active=True).order_by("position", "id")[:MAX_RULES]
    return [compile_rule(rule.pk, rule.name, rule.wording) for rule in found]


def shops_with_rules() -> list[int]:
    """The shops in which rules are in force."""
    return list(Edition.objects.exclude(token="").order_by("shop_id").values_list("shop_id", flat=True))


def rules_of(shop_id: int) -> list[Rule]:
    """All rules of a shop, in order."""
    return list(Rule.objects.filter(shop_id=shop_id).order_by("position", "id")[:MAX_RULES])


def macros_of(shop_id: int) -> list[Macro]:
    """All macros of a shop, by name."""
    return list(Macro.objects.filter(shop_id=shop_id).order_by("name", "id")[:MAX_MACROS])


def runs_of(*, shop_id: int, rule_id: int, before: int | None = None) -> list[Run]:
    """What a rule did, the latest first; `before` is the id of the last one of the page before. Raises: NotFound."""
    if not Rule.objects.filter(pk=rule_id, shop_id=shop_id).exists():
        raise NotFound("There is no such rule.")
    found = Run.objects.filter(rule_id=rule_id, shop_id=shop_id).select_related("conversation__contact")
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-id")[:PAGE])


def already_ran(rule_ids: list[int], conversation_id: int, key: str) -> set[int]:
    """Which of these rules have answered to this already."""
    found = Run.objects.filter(rule_id__in=rule_ids, conversation_id=conversation_id, key=key)
    return set(found.values_list("rule_id", flat=True))


def runs_since(rule_id: int, conversation_id: int, at: int) -> int:
    """How often a rule was set off in a conversation since an instant (ms)."""
    found = Run.objects.filter(rule_id=rule_id, conversation_id=conversation_id, at__gt=clock.from_ms(at))
    return found.count()


def lasting_page(
    cursor: CursorWrapper, *, shop_id: int, condition: str, parameters: list[int], after: tuple[int, int], limit: int,
    since: str = "created_at",
) -> list[tuple[int, int, int]]:  # fmt: skip
    """The next open conversations of which a condition holds, by rank: (rank, id, since when it lasts)."""
    cursor.execute(
        f"SELECT rank, id, {since} FROM conversations_conversation WHERE shop_id = %s AND status = 'open' "  # noqa: S608
        f"AND (rank, id) > (%s, %s) AND {condition} ORDER BY rank, id LIMIT %s",
        [shop_id, *after, *parameters, limit],
    )
    return list(cursor.fetchall())


def acted_since(cursor: CursorWrapper, rule_id: int, event: str, ids: list[int]) -> set[tuple[int, int]]:
    """(conversation, since when it lasts) of what the rule has acted on."""
    cursor.execute(
        "SELECT conversation_id, since FROM automation_lasted "  # noqa: S608
        f"WHERE rule_id = %s AND {sql.among('conversation_id')} AND event IN (%s, '')",
        [rule_id, sql.many(ids), event],
    )
    return {(conversation, since) for conversation, since in cursor.fetchall()}
