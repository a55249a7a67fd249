"""What the sections of a service plan are made of: bounded texts, amounts, parties. Pure: no Django."""

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Item = TypeVar("Item", bound="Row")
Locale = Literal["ko", "zh", "en"]
MAX_ROWS = 60
MAX_LIMITS = 20
ROLES = ("agent", "lead", "admin", "owner")
"""From the lowest to the highest."""


def _storable(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain a NUL character")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("must not contain half of a surrogate pair") from None
    return value


Words = Annotated[str, StringConstraints(max_length=1_000), AfterValidator(_storable)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
"""Names a row for ever: other rows, requests and the ledger refer to it. `price`, `r7k2m9`."""
Reference = Annotated[str, StringConstraints(pattern=r"^([a-z0-9][a-z0-9_-]{0,39})?$")]
"""The id of another row, or empty."""
Amount = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,10}(\.[0-9]{1,4})?)?$")]
"""A decimal without a sign, such as 5000 or 12.5; empty while nobody has decided. Never a float."""
Currency = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]
Day = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]
Minutes = Annotated[int, Field(ge=1, le=60 * 24 * 60)]
LimitedRole = Literal["agent", "lead", "admin"]
Measure = Literal["none", "any", "amount", "percent", "count"]


class Part(BaseModel):
    """Base of every part: an unknown field is refused, never dropped; nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Said(Part):
    """A text in the languages of the desk; an empty one has not been written."""

    ko: Words = ""
    zh: Words = ""
    en: Words = ""

    def within(self, *locales: str) -> str:
        """The first of these languages that says something, or any that does."""
        found = [getattr(self, locale) for locale in (*locales, "ko", "zh", "en")]
        return next((text for text in found if text.strip()), "")


class Party(Part):
    """Somebody at the desk: a team or an agent by id, or whoever has a role."""

    kind: Literal["team", "agent", "role"]
    id: Annotated[int, Field(ge=0, lt=10**15)] = 0
    role: Literal["", "agent", "lead", "admin", "owner"] = ""


class Row(Part):
    """Something that a section lists; `id` is its own in this section."""

    id: Id


def _once(rows: list[Item]) -> list[Item]:
    if len({row.id for row in rows}) != len(rows):
        raise ValueError("two rows have the same id")
    return rows


Rows = Annotated[list[Item], Field(max_length=MAX_ROWS), AfterValidator(_once)]
