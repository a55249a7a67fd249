"""What a form may be made of, and what may be written into one. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from sonnim.kernel.errors import Invalid
from sonnim.kernel.text import LOCALES

Labels = dict[str, str]
Kind = Literal["name", "email", "phone", "order", "text", "long", "choice", "date", "file", "consent"]
KINDS = ("contact", "claim", "product", "callback", "order", "own")
TEXTS = {"title": 120, "intro": 1_000, "thanks": 600}
"""What a form says beside its fields, and how long each may be."""
MAX_FIELDS, MAX_CHOICES, MAX_FILES = 25, 40, 10
MAX_LABEL, MAX_HELP = 160, 400
LONGEST = {"name": 120, "email": 254, "phone": 40, "order": 60, "text": 300, "long": 5_000, "date": 10}
"""Characters that a field takes; a form may ask for fewer."""
ONCE = ("name", "email", "phone")
RESERVED = frozenset({"mark", "work", "lang", "in", "theme", "page", "page_title", "website"})
"""What a page sends beside its fields."""
_ID = re.compile(r"[a-z][a-z0-9_]{0,23}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{3,38}")
_EMAIL = re.compile(r"[^\s@\"(),:;<>\[\]\\]+@[^\s@\"(),:;<>\[\]\\.]+(\.[^\s@\"(),:;<>\[\]\\.]+)+")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of several answers."""

    id: str
    labels: Labels


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of a form; `max` is how many characters or files it takes, by default what LONGEST allows."""

    id: str
    type: Kind
    labels: Labels
    help: Labels = {}
    required: bool = False
    max: int | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def longest(self) -> int:
        """Characters, or files."""
        limit = MAX_FILES if self.type == "file" else LONGEST.get(self.type, 0)
        return min(self.max or limit, limit)


class Upload(msgspec.Struct, frozen=True):
    """A file that somebody wants to hand in."""

    name: str
    size: int


class Answers(msgspec.Struct):
    """What was written, tidied; `wrong` is field → code of the text that says what is the matter."""

    values: dict[str, str] = {}
    wrong: dict[str, str] = {}

    def of(self, fields: Sequence[Field], kind: str) -> str:
        """The value of the field of a kind that a form has once."""
        return next((self.values.get(field.id, "") for field in fields if field.type == kind), "")


def said(labels: Mapping[str, str], locale: str, fallback: str = "en") -> str:
    """A text in a language, or in the nearest that there is."""
    return labels.get(locale) or labels.get(fallback) or next(iter(labels.values()), "")


def checked_fields(wanted: object) -> tuple[Field, ...]:
    """A form's fields.

    Raises:
        Invalid: too many or none, an id twice, a label in no language, a choice without answers, two of a kind that a
            form has once, or something that no form has.
    """
    try:
        fields = msgspec.convert(wanted, tuple[Field, ...])
    except msgspec.ValidationError as error:
        raise Invalid(fields={"fields": str(error)[:200]}) from None
    if not 1 <= len(fields) <= MAX_FIELDS:
        raise Invalid(fields={"fields": f"from 1 to {MAX_FIELDS}"})
    if len({field.id for field in fields}) != len(fields):
        raise Invalid(fields={"fields": "an id twice"})
    for kind in ONCE:
        if sum(field.type == kind for field in fields) > 1:
            raise Invalid(fields={"fields": f"{kind} twice"})
    return tuple(_checked(field) for field in fields)


def _checked(field: Field) -> Field:
    if not _ID.fullmatch(field.id) or field.id in RESERVED:
        raise Invalid(fields={"fields": f"{field.id[:24]!r} cannot be an id"})
    if field.max is not None and not 1 <= field.max <= 20_000:
        raise Invalid(fields={f"fields.{field.id}": "a limit of at least 1"})
    choices = field.choices
    if (field.type == "choice") != bool(choices) or len(choices) > MAX_CHOICES:
        raise Invalid(fields={f"fields.{field.id}": f"a choice has from 1 to {MAX_CHOICES} answers"})
    if len({choice.id for choice in choices}) != len(choices) or not all(_ID.fullmatch(each.id) for each in choices):
        raise Invalid(fields={f"fields.{field.id}": "answers need ids of their own"})
    return msgspec.structs.replace(
        field,
        labels=_labels(field.labels, field.id, MAX_LABEL),
        help=_labels(field.help, field.id, MAX_HELP, may_be_empty=True),
        choices=tuple(Choice(each.id, _labels(each.labels, field.id, MAX_LABEL)) for each in choices),
    )


def checked_texts(wanted: Mapping[str, Mapping[str, str]]) -> dict[str, Labels]:
    """What a form says, without what is empty. Raises: Invalid."""
    if set(wanted) - set(TEXTS):
        raise Invalid(fields={"texts": f"only {', '.join(TEXTS)}"})
    kept = {
        name: _labels(wanted.get(name, {}), "texts", longest, may_be_empty=name != "title", lines=name != "title")
        for name, longest in TEXTS.items()
    }
    return {name: labels for name, labels in kept.items() if labels}


def _labels(
    wanted: Mapping[str, str], where: str, longest: int, *, may_be_empty: bool = False, lines: bool = False
) -> Labels:
    if set(wanted) - set(LOCALES):
        raise Invalid(fields={where: "must have the languages ko, zh and en"})
    tidy = {locale: tidied(text, lines=lines) for locale, text in wanted.items()}
    kept = {locale: tidy[locale] for locale in LOCALES if tidy.get(locale)}
    if any(len(text) > longest for text in kept.values()):
        raise Invalid(fields={where: f"at most {longest} characters"})
    if not kept and not may_be_empty:
        raise Invalid(fields={where: "say it in one language at least"})
    return kept


def tidied(text: str, *, lines: bool = False) -> str:
    """A text without control characters; on one line, unless it may have several."""
    if not lines:
        return " ".join(_UNSEEN.sub(" ", text).split())
    whole = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return whole.encode("utf-8", "ignore").decode().strip()


def read_answers(
    fields: Sequence[Field], given: Mapping[str, str], uploads: Mapping[str, Sequence[Upload]], *, file_bytes: int
) -> Answers:
    """What somebody wrote into the fields; what the form does not ask for is left alone.

    Args:
        file_bytes: how large one file may be.
    """
    found = Answers()
    for field in fields:
        if field.type == "file":
            found.values[field.id] = ", ".join(each.name for each in uploads.get(field.id, ()))
            wrong = _wrong_files(field, uploads.get(field.id, ()), file_bytes)
        else:
            value = tidied(given.get(field.id, ""), lines=field.type == "long").encode("utf-8", "ignore").decode()
            found.values[field.id] = value
            wrong = _wrong_value(field, value)
        if wrong:
            found.wrong[field.id] = wrong
    return found


def _wrong_files(field: Field, uploads: Sequence[Upload], file_bytes: int) -> str:
    if not uploads:
        return "file_missing" if field.required else ""
    if len(uploads) > field.longest:
        return "files_many"
    return "file_large" if any(each.size > file_bytes for each in uploads) else ""


def _wrong_value(field: Field, value: str) -> str:
    if not value:
        if not field.required:
            return ""
        return {"consent": "consent", "choice": "choice_missing"}.get(field.type, "missing")
    match field.type:
        case "choice":
            fits = value in {choice.id for choice in field.choices}
        case "date":
            fits = _is_date(value)
        case "email":
            fits = bool(_EMAIL.fullmatch(value)) and len(value) <= field.longest
        case "phone":
            fits = bool(_PHONE.fullmatch(value))
        case "consent":
            fits = value == "yes"
        case _:
            return "long" if len(value) > field.longest else ""
    return "" if fits else field.type


def _is_date(value: str) -> bool:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return False
    return value == found.isoformat() and 1900 <= found.year <= 2200  # Python reads weeks, too; who shows it does not


def card(fields: Sequence[Field], answers: Answers) -> list[dict[str, Any]]:
    """The rows of a card: label and value in every language that the form has, without what was left empty."""
    rows = []
    for field in fields:
        value = answers.values.get(field.id, "")
        if value:
            rows.append({"label": field.labels, "type": field.type, "value": _shown(field, value)})
    return rows


def _shown(field: Field, value: str) -> str | Labels:
    return next((choice.labels for choice in field.choices if choice.id == value), value)


def plain(fields: Sequence[Field], answers: Answers, locale: str, *, yes: str) -> str:
    """The same as text: a line for each field, what is long below its label."""
    lines = []
    for row in card(fields, answers):
        value = yes if row["type"] == "consent" else row["value"]
        shown = value if isinstance(value, str) else said(value, locale)
        lines.append(f"{said(row['label'], locale)}:{chr(10) if row['type'] == 'long' else ' '}{shown}")
    return "\n".join(lines)
