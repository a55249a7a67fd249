"""Rules made ready to be asked: which event each listens to, and what must hold."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sonnim.automation import conditions
from sonnim.automation.conditions import Facts, Holds
from sonnim.automation.idleness import asked_of, changes_nothing
from sonnim.automation.listening import MAX_CELLS, Ear, Guard, Listeners
from sonnim.automation.rules import (
    AnyEvent,
    Assigned,
    Begun,
    Daily,
    Lasting,
    Message,
    Note,
    Struck,
    Tagged,
    Turned,
    Weighed,
    Wording,
    read,
)
from sonnim.conversations.state import State


class Compiled(NamedTuple):
    """One rule."""

    id: int
    name: str
    wording: Wording
    holds: Holds

    @property
    def lasting(self) -> list[Lasting]:
        """What it waits for that only time brings."""
        return [each for each in self.wording.when if isinstance(each, Lasting)]

    @property
    def daily(self) -> list[Daily]:
        """The times of day at which it is set off."""
        return [each for each in self.wording.when if isinstance(each, Daily)]


class Force:
    """The active rules of a shop, in order, by what they listen to."""

    def __init__(self, shop_id: int, rules: Iterable[Compiled]) -> None:
        self.shop_id = shop_id
        self.rules = tuple(rules)
        self.by_id = {each.id: each for each in self.rules}
        ears: dict[str, list[Ear]] = {}
        for order, rule in enumerate(self.rules):
            asked = conditions.parts(rule.wording.if_)
            for event in rule.wording.when:
                for key, guard in _listens(event):
                    ears.setdefault(key, []).append(Ear(order, guard, asked))
        self._by_event = {key: Listeners(found) for key, found in ears.items()}
        self._idle: dict[tuple[Any, ...], bool] = {}

    def hears(self, keys: Iterable[str]) -> bool:
        """Whether any rule listens to one of these."""
        return not self._by_event.keys().isdisjoint(keys)

    def matching(self, keys: Iterable[str], facts: Facts) -> list[tuple[int, str]]:
        """The rules that are set off, in order, each with what set it off."""
        found: dict[int, str] = {}
        for key in keys:
            listeners = self._by_event.get(key)
            if listeners is None:
                continue
            sure, asked = listeners.heard(facts)
            for order in sure:
                found.setdefault(order, key)
            for order, guard, holds in asked:
                if (guard is None or guard(facts)) and order not in found and (holds is None or holds(facts)):
                    found[order] = key
        return [(self.rules[order].id, found[order].partition(":")[0]) for order in sorted(found)] if found else []

    def is_idle(self, about: State, rules: list[tuple[int, str]]) -> bool:
        """Whether nothing would come of these rules, with the conversation as it stands; worked out once for each way
        in which it may stand.
        """
        asked = (asked_of(about), *rules)
        known = self._idle.get(asked)
        if known is None:
            if len(self._idle) >= MAX_CELLS:
                self._idle.clear()
            known = changes_nothing(about, (self.by_id[rule_id].wording for rule_id, _ in rules))
            self._idle[asked] = known
        return known


def compile_rule(rule_id: int, name: str, wording: Any) -> Compiled:
    """A rule from its wording. Raises: Invalid."""
    found = wording if isinstance(wording, Wording) else read(wording)
    return Compiled(rule_id, name, found, conditions.compiled(found.if_))


def _listens(event: AnyEvent) -> Iterator[tuple[str, Guard]]:
    match event:
        case Begun():
            yield "begun", None
        case Message(by=by):
            for each in ("contact", "agent") if by == "any" else (by,):
                yield f"message:{each}", None
        case Note():
            yield "note", None
        case Assigned():
            yield "assigned", None
        case Turned(was=was, now=now):
            yield "status", _turned(frozenset(was), frozenset(now))
        case Weighed():
            yield "priority", None
        case Tagged(tags=tags):
            yield "tagged", _put(frozenset(tags))
        case Struck(strikes=strikes):
            for strike in strikes or ("warn", "late", "escalate"):
                yield f"clock:{strike}", None
        case _:
            return  # what time brings is looked for, not listened to


def _turned(was: frozenset[str], now: frozenset[str]) -> Guard:
    if not was and not now:
        return None
    return lambda facts: (not was or facts.was.status in was) and (not now or facts.about.status in now)


def _put(tags: frozenset[int]) -> Guard:
    return lambda facts: bool(facts.added & tags) if tags else bool(facts.added)
