"""Scripts: when they are said, and which variables they name, `{{contact.name|friend}}`. Filling is the composer's."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from sonnim.conversations.rich import Code, Document, Paragraph, Quote, Text
from sonnim.kernel.errors import Invalid
from sonnim.kernel.text import LOCALES

STAGES = ("welcome", "understanding", "advice", "negotiation", "payment", "after_sales", "farewell")
VARIABLES = frozenset({"contact.name", "contact.email", "contact.phone", "agent.name", "shop.name", "conversation.id"})
ATTRIBUTE = "contact.attributes."
GREETING_VARIABLES = frozenset({"contact.name", "shop.name"})
"""What the chat knows before anybody has said anything."""
MAX_GREETING = 300
MAX_GREETINGS = 20
MAX_VARIANTS = 8
_VARIABLE = re.compile(r"\{\{\s*([^\s{}|]{1,100})\s*(?:\|([^{}]*))?\}\}")
_SHORTCUT = re.compile(r"[^\s/\\{}<>\"'`@#]{1,40}")


def check_shortcut(shortcut: str) -> str:
    """The word that is typed after `/`, without capitals.

    Raises:
        Invalid: empty, too long, or with blanks or signs that end a word.
    """
    word = unicodedata.normalize("NFC", shortcut).lower()  # however a keyboard puts its letters together
    if not _SHORTCUT.fullmatch(word) or not word.isprintable():
        raise Invalid("A shortcut is one word of at most 40 letters.", fields={"shortcut": "not one word"})
    return word


def check_variables(document: Document) -> None:
    """Let only known variables stand between double braces.

    Raises:
        Invalid: an unknown name, or braces that belong to none.
    """
    for text in texts_of(document):
        for name, _ in _VARIABLE.findall(text):
            known = name in VARIABLES or (name.startswith(ATTRIBUTE) and len(name) > len(ATTRIBUTE))
            if not known:
                raise _refused(f"{{{{{name}}}}} is not known")
        rest = _VARIABLE.sub("", text)
        if "{{" in rest or "}}" in rest:
            raise _refused("{{ and }} belong around the name of a variable")


def texts_of(document: Document) -> list[str]:
    """The runs of a document one by one; a variable does not reach from one into the next."""
    found = []
    for block in document:
        if isinstance(block, Code):
            found.append(block.text)
            continue
        lines = (block.content,) if isinstance(block, Paragraph | Quote) else block.items
        found += [run.text for line in lines for run in line if isinstance(run, Text)]
    return found


def check_stage(stage: str) -> str:
    """Raises: Invalid, when there is no such stage; none at all is fine."""
    if stage and stage not in STAGES:
        raise Invalid(fields={"stage": f"must be one of {', '.join(STAGES)}, or empty"})
    return stage


def check_period(first: date | None, last: date | None) -> None:
    """Raises: Invalid, when the last day is before the first."""
    if first and last and last < first:
        raise Invalid(fields={"active_until": "before the first day"})


def in_force(first: date | None, last: date | None, *, today: date) -> bool:
    """Whether a script may be said on a day; both ends belong to its period."""
    return (first is None or first <= today) and (last is None or today <= last)


def check_greets(*, stage: str, team_id: int | None) -> None:
    """Let only a welcome of the whole shop be said by the chat itself. Raises: Invalid."""
    if stage != "welcome" or team_id is not None:
        raise Invalid(fields={"automatic": "only a welcome of the whole shop greets by itself"})


def check_greeting(text: str, *, plain: bool) -> None:
    """What the chat says by itself: short, without formats, with names that it knows then.

    Raises:
        Invalid: anything else.
    """
    if not plain or len(text) > MAX_GREETING:
        raise Invalid(fields={"texts": f"a greeting is plain and has at most {MAX_GREETING} characters"})
    for name, fallback in _VARIABLE.findall(text):
        if name not in GREETING_VARIABLES:
            raise Invalid(fields={"texts": f"a greeting does not know {{{{{name}}}}} yet"})
        if name == "contact.name" and not fallback.strip():
            raise Invalid(fields={"texts": "a greeting needs a word in place of a name that it does not know"})


def checked_greetings(greetings: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Greetings by language as the chat says them; empty ones are dropped. Raises: Invalid."""
    if set(greetings) - set(LOCALES):
        raise Invalid(fields={"greeting": "must have the languages ko, zh and en"})
    kept = {locale: [text.strip() for text in texts if text.strip()] for locale, texts in greetings.items()}
    if any(len(texts) > MAX_GREETINGS or max(map(len, texts), default=0) > MAX_GREETING for texts in kept.values()):
        raise Invalid(fields={"greeting": f"at most {MAX_GREETINGS} of {MAX_GREETING} characters"})
    return {locale: texts for locale, texts in kept.items() if texts}


def named(text: str, *, shop: str) -> str:
    """A greeting with the shop's name in it; the shopper's is known only where the chat runs."""
    return _VARIABLE.sub(lambda found: shop if found[1] == "shop.name" else found[0], text)


def _refused(why: str) -> Invalid:
    return Invalid(f"This script cannot be kept: {why}.", fields={"texts": why})
