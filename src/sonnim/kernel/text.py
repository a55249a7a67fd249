"""Text that people write: what is accepted, and how it is shortened."""

from sonnim.kernel.errors import TextInvalid

LOCALES = ("ko", "zh", "en")
MAX_TEXT = 20_000
PREVIEW = 140


def checked_text(text: object, *, may_be_empty: bool = False) -> str:
    """Return `text` when it can be stored as written.

    Any script, zero-width and right-to-left characters are kept: what a shopper wrote is what an agent reads.

    Raises:
        TextInvalid: not a string, empty, longer than 20,000 characters, a NUL, or half of a surrogate pair.
    """
    if not isinstance(text, str):
        raise TextInvalid("The text must be a string.")
    if not may_be_empty and not text.strip():
        raise TextInvalid("The message is empty.")
    if len(text) > MAX_TEXT:
        raise TextInvalid(f"The message has {len(text):,} characters; {MAX_TEXT:,} is the limit.")
    if "\x00" in text:
        raise TextInvalid("The message contains a NUL character, which cannot be stored.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise TextInvalid("The message contains half of a surrogate pair.") from None
    return text


def storable(text: str) -> str:
    """A text that came from outside as every database takes it: without NUL, and without halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def preview(text: str, *, limit: int = PREVIEW) -> str:
    """The first line's worth of a text, for lists."""
    line = " ".join(text[: limit * 4].split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def pick_locale(wanted: str | None, *, fallback: str = "en") -> str:
    """The supported locale nearest to a BCP 47 tag such as `ko-KR` or `zh-Hant-TW`."""
    base = (wanted or "").replace("_", "-").split("-")[0].lower()
    return base if base in LOCALES else fallback
