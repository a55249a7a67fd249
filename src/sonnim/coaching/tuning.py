"""All rules as a shop has them, with what its agents make of them: what a lead tunes them by."""

from sonnim.accounts.callers import Caller
from sonnim.accounts.permissions import Permission
from sonnim.coach.registry import rules
from sonnim.coaching import queries
from sonnim.coaching.queries import Figures
from sonnim.coaching.rules import taste_of
from sonnim.coaching.shapes import RuleObject


def rules_for(caller: Caller) -> list[RuleObject]:
    """The rules for somebody of the shop; who else has quieted one is for those who manage the plan."""
    taste = taste_of(queries.settings_of(caller.shop_id).rules)
    figures, quiet = queries.figures_of(caller.shop_id), queries.quiet_agents(caller.shop_id)
    all_of_them = caller.may(Permission.PLAN_MANAGE)
    found = []
    for rule in rules():
        wanted, known = taste.of(rule.id), figures.get(rule.id, Figures())
        agents = quiet.get(rule.id, [])
        found.append(
            RuleObject(
                rule=rule.id,
                severity=(wanted.severity or rule.severity).value,
                own_severity=rule.severity.value,
                on=wanted.on,
                strict=wanted.strict,
                seen=known.seen,
                dismissed=known.dismissed,
                applied=known.applied,
                quiet_agents=[each for each in agents if all_of_them or each == caller.agent.pk],
            )
        )
    return found
