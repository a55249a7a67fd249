"""How the chat looks on a shop's pages: what a shop may choose, and what its pages are told of it. Pure rules."""

import re
from typing import Any, Literal
from urllib.parse import quote

import msgspec

from sonnim.kernel.errors import Invalid
from sonnim.kernel.text import LOCALES

MAX_OFFSET = 200
MAX_PATTERNS = 20
MAX_PATTERN = 200
LENGTHS = {"labels": 40, "titles": 60, "closed": 300}
OPEN_MODES = ("auto", "open", "closed")
Words = dict[str, str]


class Appearance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a shop chooses; the defaults are a shop's that has chosen nothing.

    Attributes:
        side: where the launcher stands; left and right change places on pages that are written from right to left.
        offset_x: pixels from that side, `offset_y` from the bottom.
        labels: the words on the launcher; titles: the head of the chat; closed: what is said when nobody is there.
        hide: paths without a launcher, `*` for anything.
        typing_preview: agents see what a shopper is writing, and the shopper is told so.
    """

    side: Literal["right", "left"] = "right"
    offset_x: int = 20
    offset_y: int = 20
    launcher: Literal["round", "pill", "tab"] = "round"
    theme: Literal["auto", "light", "dark"] = "auto"
    labels: Words = {}
    titles: Words = {}
    closed: Words = {}
    hide: tuple[str, ...] = ()
    typing_preview: bool = False


def checked_appearance(wanted: object) -> Appearance:
    """What somebody wants, with words trimmed and empty ones dropped. Raises: Invalid."""
    try:
        found = msgspec.convert(wanted, Appearance)
    except msgspec.ValidationError as error:
        raise Invalid(fields={"appearance": str(error)[:200]}) from None
    for name in ("offset_x", "offset_y"):
        if not 0 <= getattr(found, name) <= MAX_OFFSET:
            raise Invalid(fields={f"appearance.{name}": f"0 to {MAX_OFFSET} pixels"})
    words = {name: _words(name, getattr(found, name)) for name in LENGTHS}
    return msgspec.structs.replace(found, hide=_patterns(found.hide), **words)


def _words(name: str, texts: Words) -> Words:
    if set(texts) - set(LOCALES):
        raise Invalid(fields={f"appearance.{name}": "must have the languages ko, zh and en"})
    trimmed = {locale: " ".join(text.split()) for locale, text in texts.items()}
    if any(len(text) > LENGTHS[name] or "\x00" in text for text in trimmed.values()):
        raise Invalid(fields={f"appearance.{name}": f"at most {LENGTHS[name]} characters"})
    return {locale: text for locale, text in trimmed.items() if text}


def _patterns(patterns: tuple[str, ...]) -> tuple[str, ...]:
    if len(patterns) > MAX_PATTERNS:
        raise Invalid(fields={"appearance.hide": f"at most {MAX_PATTERNS}"})
    for each in patterns:
        if not re.fullmatch(r"/[^\s?#\x00]*", each) or len(each) > MAX_PATTERN or each.count("*") > 2:
            raise Invalid(fields={"appearance.hide": f"{each[:60]!r} is not a path such as /checkout/*"})
    return tuple(dict.fromkeys(patterns))


def appearance_of(kept: dict[str, Any]) -> Appearance:
    """What a shop has chosen, from its row."""
    return msgspec.convert(kept, Appearance)


def hiding(appearance: Appearance) -> str:
    """The hidden paths as one regular expression, for JavaScript; empty when there are none.

    Only literal text and `.*` come out of it, so that no page can be held up by an expression that backtracks.
    """
    if not appearance.hide:
        return ""
    return "^(" + "|".join(_expression(each) for each in appearance.hide) + ")$"


def _expression(pattern: str) -> str:
    """`/shop/*` is also `/shop` and `/shop/` themselves."""
    whole = pattern.endswith("/*")
    written = quote(pattern[:-2] if whole else pattern.rstrip("/"), safe="/*%:@!$&'()+,;=~")  # as browsers write paths
    literal = ".*".join(re.sub(r"[^\w/%-]", lambda found: "\\" + found.group(), part) for part in written.split("*"))
    return literal + ("(/.*)?" if whole else "/?")


def as_object(appearance: Appearance) -> dict[str, Any]:
    """As it is kept, and as clients see it."""
    found: dict[str, Any] = msgspec.to_builtins(appearance)
    return found
