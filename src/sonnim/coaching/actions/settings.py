"""What a shop wants of the coach's rules, and its glossary."""

from collections.abc import Sequence

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.coach.registry import RULES
from sonnim.coaching import queries
from sonnim.coaching.models import Settings
from sonnim.coaching.rules import MAX_TERMS, USUAL, Wanted, wanted_of
from sonnim.coaching.shapes import TermObject
from sonnim.eventlog import log
from sonnim.kernel.errors import Conflict, Invalid, NotFound


def change_rule(*, actor: Actor, rule: str, wanted: Wanted) -> Wanted:
    """Decide how much a rule matters in a shop, whether it is on, and whether it asks before sending.

    Raises:
        NotFound: the coach has no such rule.
    """
    if rule not in RULES:
        raise NotFound("There is no such rule.")
    shop_id = actor.shop_id
    with log.unit(shop_id) as work:
        settings = queries.settings_of(shop_id)
        if wanted == wanted_of(settings.rules.get(rule, {})):
            return wanted
        told = {"severity": wanted.severity, "on": wanted.on, "strict": wanted.strict}
        settings.rules = {name: kept for name, kept in settings.rules.items() if name != rule}
        if wanted != USUAL:
            settings.rules[rule] = told
        settings.save()
        audit.record(actor, "coach.rule_changed", target=f"rule:{rule}", **told)
        work.publish(shop_id, work.claim(shop_id), "coach.changed")
    return wanted


def save_glossary(*, actor: Actor, v: int, terms: Sequence[TermObject]) -> Settings:
    """Keep the words that shoppers do not know, each with the plain word for it.

    Args:
        v: of the glossary that was changed.

    Raises:
        Conflict: somebody else has saved meanwhile; `fields` say with which `v`.
        Invalid: a word twice, nothing beside it, or too many.
    """
    shop_id = actor.shop_id
    kept = _checked(terms)
    with log.unit(shop_id) as work:
        settings = queries.settings_of(shop_id)
        if settings.terms_v != v:
            raise Conflict("Somebody else has changed the glossary meanwhile.", fields={"v": str(settings.terms_v)})
        if settings.terms == kept:
            return settings
        settings.terms, settings.terms_v = kept, v + 1
        settings.save()
        audit.record(actor, "coach.glossary_changed", target=f"shop:{shop_id}", terms=len(kept))
        work.publish(shop_id, work.claim(shop_id), "coach.changed")
    return settings


def _checked(terms: Sequence[TermObject]) -> list[TermObject]:
    if len(terms) > MAX_TERMS:
        raise Invalid(fields={"terms": f"at most {MAX_TERMS}"})
    known: set[str] = set()
    kept = []
    for place, each in enumerate(terms):
        term, plain = each["term"].strip(), each["plain"].strip()
        if not term or not plain:
            raise Invalid(fields={f"terms.{place}": "a word, and a plain word for it"})
        if term.casefold() in known:
            raise Invalid(fields={f"terms.{place}.term": "is there already"})
        known.add(term.casefold())
        kept.append(TermObject(term=term, plain=plain))
    return kept
