"""A plan's values and changes in words that a person reads, in three languages. Pure: no Django."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sonnim.plan.document.channels import channel_name
from sonnim.plan.document.differences import Difference
from sonnim.plan.document.parts import Party, Said
from sonnim.plan.document.schema import PlanDocument, PlanLimit

SHORT = 80
"""So much of a text is quoted when it changes."""
Names = Mapping[tuple[str, int], str]
"""("team", 3) → how it is called; who is missing is gone."""


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return found


def word(locale: str, key: str, **values: object) -> str:
    """A text of the catalogue with its values filled in."""
    return _words()[locale][key].format(**values)


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of one plan, or of two that are compared, in one language.

    Attributes:
        plans: where titles of topics and concessions are looked up, the newer one first.
    """

    locale: str
    names: Names
    plans: tuple[PlanDocument, ...] = ()

    def word(self, key: str, **values: object) -> str:
        """A text of the catalogue."""
        return word(self.locale, key, **values)

    def label(self, field: str) -> str:
        """The name of a field; `sentence.ko` with its language."""
        name, _, locale = field.partition(".")
        told = self.word(f"field.{name}")
        return self.word("field.in", field=told, language=self.word(f"language.{locale}")) if locale else told

    def row(self, row: Any) -> str:
        """How a row is called."""
        if row is None:
            return self.word("change.plan")
        if hasattr(row, "channel"):
            return channel_name(row.channel, self.locale) if row.channel else self.word("value.channels")
        title: Said = row.question if hasattr(row, "question") else row.title
        return title.within(self.locale) or (
            self.word(f"kind.{row.kind}") if hasattr(row, "kind") else self.word("page.unnamed")
        )

    def party(self, party: Party) -> str:
        """A team, an agent or a role by name."""
        if party.kind == "role":
            return self.word(f"role.{party.role}") if party.role else ""
        return self.names.get((party.kind, party.id)) or self.word("value.gone")

    def limit(self, limit: PlanLimit) -> str:
        """`Agents: up to 5000 KRW`."""
        undecided = limit.measure not in {"none", "any"} and not limit.value
        key = "open" if undecided else limit.measure
        told = self.word(f"measure.{key}", value=_grouped(limit.value), currency=limit.currency).strip()
        return self.word("limit", role=self.word(f"role.{limit.role}"), limit=told)

    def value(self, field: str, value: Any) -> str:
        """Any value of a field; empty where it says nothing."""
        match value:
            case None | "" | []:
                return ""
            case Said():
                return value.within(self.locale)
            case Party():
                return self.party(value)
            case bool():
                return self.word("value.yes" if value else "value.no")
            case list():
                return self.word("value.comma").join(self._item(field, each) for each in value)
            case int():
                return self._number(field, value)
        return self._item(field, value)

    def _item(self, field: str, value: Any) -> str:
        match field:
            case "limits":
                return self.limit(value)
            case "languages":
                return self.word(f"language.{value}")
            case "kind" | "accepted" | "paid_by":
                return self.word(f"{field}.{value}")
            case "channel":
                return channel_name(value, self.locale)
            case "topic":
                return self._referred("topics", value)
            case "concession" | "concessions":
                return self._referred("concessions", value)
        return str(value)

    def _referred(self, section: str, name: str) -> str:
        rows = [row for plan in self.plans for row in getattr(plan, section) if row.id == name]
        return self.row(rows[0]) if rows else self.word("value.row")

    def _number(self, field: str, value: int) -> str:
        match field:
            case "deadline_minutes" | "within_minutes":
                whole = value % 60 == 0
                return self.word("value.hours" if whole else "value.minutes", count=value // 60 if whole else value)
            case "days":
                return self.word("value.day" if value == 1 else "value.days", count=value)
            case "calendar_id":
                return self.names.get(("calendar", value)) or self.word("value.calendar")
        return str(value)

    def difference(self, found: Difference) -> str:
        """One change as a sentence."""
        row = self.row(found.row)
        if found.what != "changed":
            return self.word(f"change.{found.what}", row=row)
        name = found.field.partition(".")[0]
        before, after = (_short(self.value(name, value)) for value in (found.before, found.after))
        key = "changed" if before and after else "written" if after else "cleared"
        field = self.label(found.field)
        return self.word(f"change.{key}", row=row, field=field, before=before, after=after)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"


def _grouped(value: str) -> str:
    """5000 → 5,000, without touching what follows the point."""
    whole, point, rest = value.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole else ""
