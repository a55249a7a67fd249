"""The head of a mail: its fields, unfolded, and the words in them, decoded by RFC 2047 and with patience."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sonnim.letters.charsets import codec, decode
from sonnim.letters.limits import (
    MAX_HEADER_BYTES,
    MAX_HEADER_LINES,
    MAX_HEADERS_BYTES,
    Unreadable,
)

_FIELD = re.compile(rb"^([\x21-\x39\x3b-\x7e]{1,80})[ \t]*:[ \t]?(.*)$", re.DOTALL)
_MBOX = re.compile(rb"^>?From [^\s:]+ .*\d\d:\d\d")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")
MAX_WORDS = 2_000  # 20,000 in one subject cost a careless decoder minutes


@dataclass(frozen=True, slots=True)
class Field:
    """One header field: its name in lower case, and its value, unfolded, as bytes."""

    name: str
    raw: bytes


class Head:
    """The fields of a mail or of one of its parts."""

    def __init__(self, fields: list[Field]) -> None:
        self.fields = fields

    def raw(self, name: str) -> bytes | None:
        """The first field of this name that says something, as it came; one that says nothing if there is no "
        "other."""
        found = None
        for field in self.fields:
            if field.name == name:
                if field.raw.strip():
                    return field.raw
                found = field.raw
        return found

    def all(self, name: str) -> list[bytes]:
        """All fields of this name."""
        return [field.raw for field in self.fields if field.name == name]

    def text(self, name: str) -> str:
        """A field as a person reads it; empty when there is none."""
        raw = self.raw(name)
        return "" if raw is None else words(raw)

    def plain(self, name: str) -> str:
        """A field that programs read: no decoding beyond bytes to characters."""
        raw = self.raw(name)
        return "" if raw is None else decode(raw).strip()

    def __contains__(self, name: str) -> bool:
        return any(field.name == name for field in self.fields)


def split_head(raw: bytes, *, checked: bool = True) -> tuple[Head, bytes]:
    """The head and what follows it.

    Args:
        checked: refuse a head that is larger than mails are; parts of a mail are checked with the whole.

    Raises:
        Unreadable: too many or too long fields.
    """
    start = len(raw) - len(raw.lstrip(b"\r\n"))
    at, lines, fields = start, 0, list[list[bytes]]()
    for line, end in _lines(raw, start):
        if not line:
            at = end
            break
        at = end
        lines += 1
        if checked and (lines > MAX_HEADER_LINES or end - start > MAX_HEADERS_BYTES):
            raise Unreadable("Its header is larger than any mail's.")
        if line[:1] in b" \t" and fields:
            fields[-1].append(line)
        elif not fields and _MBOX.match(line):
            continue
        elif _FIELD.match(line) is not None:
            fields.append([line])
        elif fields and not line[:1].isalnum():
            fields[-1].append(b" " + line)
        elif not fields and lines > 3:
            break
    if not fields:
        return Head([]), raw[start:]
    return Head([_field(parts, checked=checked) for parts in fields]), raw[at:]


def _lines(raw: bytes, at: int) -> Iterator[tuple[bytes, int]]:
    size = len(raw)
    while at < size:
        end = raw.find(b"\n", at)
        if end < 0:
            yield raw[at:].rstrip(b"\r"), size
            return
        yield raw[at:end].rstrip(b"\r"), end + 1
        at = end + 1


def _field(parts: list[bytes], *, checked: bool) -> Field:
    whole = b" ".join([parts[0], *(part.strip(b" \t") for part in parts[1:])]) if len(parts) > 1 else parts[0]
    if (
        checked
        and len(whole) > MAX_HEADER_BYTES
        and not whole[:12].lower().startswith((b"to:", b"cc:", b"references:"))
    ):
        raise Unreadable("One of its header fields is longer than any mail's.")
    found = _FIELD.match(whole)
    if found is None:
        raise AssertionError(whole[:80])
    return Field(found[1].decode("ascii").lower(), found[2].replace(b"\r", b" ").replace(b"\n", b" "))


def words(raw: bytes) -> str:
    """A header's text for people: encoded words decoded, raw bytes guessed, nothing invisible left."""
    return tidy(decode_words(decode(raw)))


def tidy(text: str) -> str:
    """One line without control and invisible characters."""
    return " ".join(_UNSEEN.sub("", text).split())


def decode_words(text: str) -> str:
    """RFC 2047 words to characters. Neighbours of one character set are joined as bytes first: mailers cut "
    "within them."""
    if "=?" not in text:
        return text
    if text.count("=?") > MAX_WORDS:
        raise Unreadable("One of its header fields is made of too many encoded words.")
    text = _BETWEEN_WORDS.sub(r"\1", text)
    out, at = list[str](), 0
    waiting: tuple[str, bytes] | None = None
    for found in _WORD.finditer(text):
        raw = _word_bytes(found[2], found[3])
        charset = found[1].split("*", 1)[0]
        if raw is None:
            continue  # what is no encoded word stays as it is written
        gap = text[at : found.start()]
        if waiting is not None and (gap or waiting[0].lower() != charset.lower()):
            out.append(decode(waiting[1], waiting[0]))
            waiting = None
        out.append(gap)
        waiting = (charset, waiting[1] + raw) if waiting is not None else (charset, raw)
        at = found.end()
    if waiting is not None:
        out.append(decode(waiting[1], waiting[0]))
    out.append(text[at:])
    return "".join(out)


def _word_bytes(encoding: str, payload: str) -> bytes | None:
    try:
        raw = payload.encode("ascii")
    except UnicodeEncodeError:
        raw = payload.encode("utf-8")
    if encoding in "qQ":
        return quopri.decodestring(raw.replace(b"_", b" "), header=False)
    return unbase64(raw)


def unbase64(raw: bytes) -> bytes:
    """Base64 with whatever is missing or too much: bad characters left out, padding mended."""
    clean = re.sub(rb"[^A-Za-z0-9+/\-_]", b"", raw).replace(b"-", b"+").replace(b"_", b"/")
    clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    try:
        return base64.b64decode(clean + b"=" * (-len(clean) % 4))
    except binascii.Error:
        return b""


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """`text/plain; charset=utf-8` as its first token (lower case) and its parameters, RFC 2231 continuations "
    "joined."""
    head, _, rest = value.partition(";")
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, text in _pairs(rest):
        key = re.fullmatch(r"([^*]+)\*(?:(\d{1,3})(\*?))?", name)
        if key is None:
            plain.setdefault(name, decode_words(text))
        elif key[2] is None:
            pieces.setdefault(key[1], {}).setdefault(0, (text, True))
        else:
            pieces.setdefault(key[1], {}).setdefault(int(key[2]), (text, bool(key[3])))
    for name, parts in pieces.items():
        plain[name] = _joined([parts[n] for n in sorted(parts)])
    return head.strip().lower(), plain


_PAIR = re.compile(r"""\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))\s*;?""")


def _pairs(rest: str) -> Iterator[tuple[str, str]]:
    at, n = 0, 0
    while at < len(rest) and n < 100:
        found = _PAIR.match(rest, at)
        if found is None:
            cut = rest.find(";", at)
            if cut < 0:
                return
            at = cut + 1
            continue
        quoted = found[2]
        text = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else (found[3] or "").strip()
        yield found[1].lower(), text
        at = max(found.end(), at + 1)
        n += 1


def _joined(parts: list[tuple[str, bool]]) -> str:
    charset, raw = "utf-8", b""
    for n, (text, encoded) in enumerate(parts):
        if encoded and n == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        raw += _percent(text) if encoded else text.encode("utf-8", "replace")
    return decode(raw, charset if codec(charset or "") else None)


def _percent(text: str) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        return bytes([int(found[1], 16)])

    return re.sub(rb"%([0-9A-Fa-f]{2})", one, text.encode("utf-8", "replace"))
