"""Conditions made into functions, once for each wording. Patterns are RE2's: their time grows with the text alone."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import re2

from sonnim.automation.rules import MAX_TEXT, TEXTS, Condition, If, refused
from sonnim.conversations.idlists import ids_of
from sonnim.conversations.state import State
from sonnim.kernel.errors import Invalid

_options = re2.Options()
_options.case_sensitive = False
_options.log_errors = False
_options.dot_nl = True
_options.never_capture = True  # whether, not where
_options.max_mem = 4 << 20  # what one pattern may take, and how large a pattern may be


class Was(NamedTuple):
    """What a conversation was before."""

    status: str = "open"
    assignee_id: int | None = None
    team_id: int | None = None
    priority: int = 1


class Facts:
    """What conditions are asked of; what costs something is reckoned when one asks."""

    __slots__ = ("_bytes", "_folded", "_open", "about", "added", "first", "is_open", "text", "was")

    def __init__(
        self, about: State, *, was: Was, text: str = "", first: bool = False, added: Iterable[int] = (),
        is_open: Callable[[], bool],
    ) -> None:  # fmt: skip
        self.about, self.was, self.first, self.is_open = about, was, first, is_open
        self.added = frozenset(added)
        self.text = text if len(text) <= MAX_TEXT else text[:MAX_TEXT]
        self._folded: str | None = None
        self._bytes: bytes | None = None
        self._open: str | None = None

    @property
    def folded(self) -> str:
        """The text without capitals."""
        if self._folded is None:
            self._folded = self.text.casefold()
        return self._folded

    @property
    def encoded(self) -> bytes:
        """The text as patterns read it."""
        if self._bytes is None:
            self._bytes = self.text.encode("utf-8", "replace")
        return self._bytes

    @property
    def hours(self) -> str:
        """Whether the shop is open."""
        if self._open is None:
            self._open = "open" if self.is_open() else "closed"
        return self._open


Holds = Callable[[Facts], bool]
PATHS: dict[str, str] = {
    "channel": "about.channel",
    "status": "about.status",
    "priority": "about.priority",
    "assignee": "about.assignee_id",
    "team": "about.team_id",
    "locale": "about.locale",
    "first": "first",
    "tag": "about.tag_ids",
    "contact_tag": "about.contact_tags",
    "was_status": "was.status",
    "was_priority": "was.priority",
    "was_assignee": "was.assignee_id",
    "was_team": "was.team_id",
}
"""Where on `Facts` the fields stand that cost nothing to read."""
READERS: dict[str, Callable[[Facts], Any]] = {
    **{name: attrgetter(path) for name, path in PATHS.items()},
    "first": lambda facts: "yes" if facts.first else "no",
    "subject": attrgetter("about.subject"),
    "text": attrgetter("text"),
    "hours": attrgetter("hours"),
}


class Parts(NamedTuple):
    """The conditions of a rule, by what they cost.

    Attributes:
        fields: what `cheap` looks at, and nothing else.
        cheap: what a conversation's fields answer; None where nothing is asked of them.
        costly: what is asked of texts and hours; None where nothing is.
        words: unless one of these is in the folded text, `costly` does not hold; empty where that cannot be said.
        patterns: unless the text meets one of these, `costly` does not hold; empty where that cannot be said.
    """

    fields: frozenset[str]
    cheap: Holds | None
    costly: Holds | None
    words: tuple[str, ...]
    patterns: tuple[str, ...]


def parts(when: If) -> Parts:
    """What a rule asks, apart by what it costs to answer. Raises: Invalid, for a pattern that is none."""
    cheap = [each for each in when.all if not _cost(each)]
    costly = sorted((each for each in when.all if _cost(each)), key=_cost)
    either = sorted(when.any, key=_cost)
    cheap_either = bool(either) and not any(map(_cost, either))
    fields = frozenset(each.field for each in (*cheap, *(either if cheap_either else ())))
    words = next((found for each in costly if (found := _needed(each))), ())
    patterns = next((each.value for each in costly if each.op == "regex" and each.field == "text"), ())
    return Parts(
        fields,
        _both(cheap, either if cheap_either else ()),
        _both(costly, () if cheap_either else either),
        words,
        () if words else tuple(map(str, patterns)),
    )


def _needed(condition: Condition) -> tuple[str, ...]:
    """Words one of which is in every folded text of which this holds."""
    if condition.field != "text" or condition.op not in {"contains", "wildcard"}:
        return ()
    words = [str(each).casefold() for each in condition.value]
    if condition.op == "wildcard":
        words = [max(each.strip().replace("?", "*").split("*"), key=len) for each in words]
    return tuple(words) if all(words) else ()


def compiled(when: If) -> Holds:
    """Whether all of it holds. Raises: Invalid, for a pattern that is none."""
    # What costs nothing is asked first: most rules do not reach their patterns.
    return _both(sorted(when.all, key=_cost), sorted(when.any, key=_cost)) or (lambda facts: True)


def search_any(patterns: Iterable[str]) -> Holds | None:
    """Whether a text meets any of these, each of which is one; None where all together are too much for one search."""
    try:
        search = _pattern("|".join(f"(?:{each})" for each in patterns)).search
    except Invalid:
        return None
    return lambda facts: search(facts.encoded) is not None


def _both(needed: Sequence[Condition], either: Sequence[Condition]) -> Holds | None:
    """All of the one and some of the other, as far as there are any."""
    wanted = tuple(map(_one, needed))
    if not either:
        return _all(wanted) if wanted else None
    others = tuple(map(_one, either))

    def holds(facts: Facts) -> bool:
        for each in wanted:
            if not each(facts):
                return False
        return any(each(facts) for each in others)

    return holds


def _all(needed: tuple[Holds, ...]) -> Holds:
    """Every message pays for this: one or two are asked without a loop."""
    if len(needed) == 1:
        return needed[0]
    if len(needed) == 2:
        first, second = needed
        return lambda facts: first(facts) and second(facts)

    def holds(facts: Facts) -> bool:
        return all(each(facts) for each in needed)

    return holds


def _cost(condition: Condition) -> int:
    if condition.field == "hours":
        return 3
    return 2 if condition.op == "regex" else 1 if condition.field in TEXTS else 0


def told(when: If, facts: Facts) -> list[dict[str, Any]]:
    """Each condition with what it found, and whether it held: why a rule acted."""
    found = []
    for each in (*when.all, *when.any):
        value = READERS[each.field](facts)
        if each.field in {"tag", "contact_tag"}:
            value = ids_of(value)
        elif isinstance(value, str):
            value = shown(value)
        line = {"field": each.field, "op": each.op, "value": each.value, "found": value, "held": _one(each)(facts)}
        found.append(line)
    return found


def shown(text: str) -> str:
    """A text as logs keep it."""
    return text if len(text) <= 200 else text[:199] + "…"


def _one(condition: Condition) -> Holds:
    get = READERS[condition.field]
    if condition.field in {"tag", "contact_tag"}:
        return _tagged(get, frozenset(condition.value), wanted=condition.op == "is")
    match condition.op:
        case "is" | "not":
            return _chosen(get, frozenset(condition.value), wanted=condition.op == "is")
        case "at_least":
            least = min(each for each in condition.value if isinstance(each, int))
            return lambda facts: get(facts) >= least
        case "at_most":
            most = max(each for each in condition.value if isinstance(each, int))
            return lambda facts: get(facts) <= most
        case "contains" | "lacks":
            words = tuple(str(each).casefold() for each in condition.value)
            return _containing(condition.field, words, wanted=condition.op == "contains")
        case "wildcard":
            return _like(condition.field, [str(each).strip().casefold() for each in condition.value])
        case "regex":
            return _matching(condition.field, [str(each) for each in condition.value])


def _chosen(get: Callable[[Facts], Any], values: frozenset[Any], *, wanted: bool) -> Holds:
    if wanted and len(values) == 1:
        [value] = values
        return lambda facts: bool(get(facts) == value)
    if wanted:
        return lambda facts: get(facts) in values
    return lambda facts: get(facts) not in values


def _tagged(get: Callable[[Facts], str], values: frozenset[Any], *, wanted: bool) -> Holds:
    def holds(facts: Facts) -> bool:
        ids = get(facts)
        has = ids != "[]" and not values.isdisjoint(ids_of(ids))
        return has is wanted

    return holds


def _containing(field: str, words: tuple[str, ...], *, wanted: bool) -> Holds:
    def holds(facts: Facts) -> bool:
        text = facts.folded if field == "text" else facts.about.subject.casefold()
        for word in words:
            if word in text:
                return wanted
        return not wanted

    return holds


def _matching(field: str, patterns: list[str]) -> Holds:
    for each in patterns:
        _pattern(each)  # each by itself is one, before they are looked for all at once
    search = _pattern("|".join(f"(?:{each})" for each in patterns)).search

    def holds(facts: Facts) -> bool:
        text = facts.encoded if field == "text" else facts.about.subject.encode("utf-8", "replace")
        return search(text) is not None

    return holds


def _pattern(pattern: str) -> Any:
    try:
        return re2.compile(pattern.encode(), _options)
    except (re2.error, UnicodeEncodeError) as error:
        why = error.args[0].decode("utf-8", "replace") if error.args and isinstance(error.args[0], bytes) else error
        raise refused(f"{pattern!r} is no pattern that can be used: {why}") from None


def _like(field: str, wildcards: list[str]) -> Holds:
    """`*` is anything, `?` any one character; the whole text must be so."""
    exact = [each for each in wildcards if "?" in each]
    search = _pattern("|".join(map(_from_wildcard, exact))).search if exact else None
    plain = tuple(tuple(each.split("*")) for each in wildcards if "?" not in each)

    def holds(facts: Facts) -> bool:
        text = facts.folded if field == "text" else facts.about.subject.casefold()
        for parts in plain:
            if _has_in_order(text, parts):
                return True
        return search is not None and search(text.encode("utf-8", "replace")) is not None

    return holds


def _has_in_order(text: str, parts: tuple[str, ...]) -> bool:
    """Whether a text begins with the first part, ends with the last, and has those between in order; each is looked for
    once, at its first place, which leaves most room for the next.
    """
    if len(parts) == 1:
        return text == parts[0]
    at, end = len(parts[0]), len(text) - len(parts[-1])
    if at > end or not text.startswith(parts[0]) or not text.endswith(parts[-1]):
        return False
    for part in parts[1:-1]:
        at = text.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def _from_wildcard(text: str) -> str:
    parts = (".*" if each == "*" else "." if each == "?" else re2.escape(each) for each in text)
    return f"^(?:{''.join(parts)})$"
