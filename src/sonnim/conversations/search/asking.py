"""What is asked: the query's parts, the filters, and where a page begins."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sonnim.kernel.errors import Invalid
from sonnim.kernel.tokens import Term, terms_of
from sonnim.search.lookup import FOREVER, Span

MAX_QUERY = 200
MAX_PAGE = 50
Sort = Literal["newest", "best"]
EXACT, WIDENED, LITERAL = 0, 1, 2
"""How the texts are found: by the words' beginnings; else by their middles too; else letter by letter, newest ones."""


class Place(NamedTuple):
    """Where a page begins: how it is looked, below which id, and after how many of the best."""

    way: int = EXACT
    before: int = FOREVER
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search, all of it together; times in milliseconds."""

    channel: str | None = None
    since: int | None = None
    until: int | None = None
    assignee_id: int | None = None
    unassigned: bool = False
    tag_id: int | None = None

    @property
    def span(self) -> Span | None:
        """The stretch of time, if one was asked for."""
        if self.since is None and self.until is None:
            return None
        return Span(self.since or 0, FOREVER if self.until is None else self.until)

    def conditions(self) -> tuple[str, list[Any]]:
        """SQL over an entry `e` and its conversation `c`, and its values."""
        parts: list[tuple[str, Any]] = []
        if self.channel is not None:
            parts.append(("c.channel = %s", self.channel))
        if self.since is not None:
            parts.append(("e.at >= %s", self.since))
        if self.until is not None:
            parts.append(("e.at < %s", self.until))
        if self.assignee_id is not None:
            parts.append(("c.assignee_id = %s", self.assignee_id))
        if self.tag_id is not None:
            parts.append(
                (
                    "EXISTS (SELECT 1 FROM conversations_conversationtag t "
                    "WHERE t.conversation_id = c.id AND t.tag_id = %s)",
                    self.tag_id,
                )
            )
        conditions = [condition for condition, _ in parts] + ["c.assignee_id IS NULL"] * self.unassigned
        return "".join(f" AND {condition}" for condition in conditions), [value for _, value in parts]


@dataclass(frozen=True, slots=True)
class Question:
    """A search as it was asked, checked."""

    shop_id: int
    query: str
    terms: list[Term]
    filters: Filters
    limit: int
    place: Place

    @property
    def is_first(self) -> bool:
        return self.place == Place()


def ask(*, shop_id: int, query: str, filters: Filters, limit: int, place: Place) -> Question:
    """Raises: Invalid, for an empty or very long query, or a page of no or too many rows."""
    typed = query.strip()
    if not typed or len(typed) > MAX_QUERY or "\x00" in typed or not _is_text(typed):
        raise Invalid(f"Search for 1 to {MAX_QUERY} characters.", fields={"q": "empty or too long"})
    if not 1 <= limit <= MAX_PAGE:
        raise Invalid(f"A page has 1 to {MAX_PAGE} rows.", fields={"limit": "out of range"})
    return Question(shop_id, typed, terms_of(typed), filters, limit, place)


def _is_text(value: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in value)


def place_of(numbers: tuple[int, ...]) -> Place:
    """The place that a cursor names."""
    way, before, skip = numbers
    return Place(way if way in {EXACT, WIDENED, LITERAL} else EXACT, before, skip)
