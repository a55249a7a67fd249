"""The body of a mail: its parts, cut apart and decoded, within limits."""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sonnim.letters.charsets import decode
from sonnim.letters.headers import Head, decode_words, parameters, split_head, tidy, unbase64
from sonnim.letters.limits import MAX_DEPTH, MAX_PARTS, Unreadable

_UUENCODED = re.compile(rb"^begin [0-7]{3,4} (.+?)\r?\n(.*?)^end\r?$", re.MULTILINE | re.DOTALL)


@dataclass(slots=True)
class Part:
    """A leaf of the tree of parts; `head` is its own. Containers are not kept."""

    head: Head
    raw: bytes
    type: str
    params: dict[str, str]
    container: str = ""
    siblings: int = 1

    @property
    def disposition(self) -> str:
        return parameters(self.head.plain("content-disposition"))[0]

    @property
    def filename(self) -> str:
        given = parameters(self.head.plain("content-disposition"))[1].get("filename", "")
        name = given or self.params.get("name", "")
        return tidy(decode_words(name)).replace("\\", "/").rsplit("/", 1)[-1]

    def content(self) -> bytes:
        """The part without its transfer encoding."""
        encoding = self.head.plain("content-transfer-encoding").split(";")[0].strip().strip("\"'").lower()
        if encoding == "base64":
            return unbase64(self.raw)
        if encoding in {"quoted-printable", "quoted_printable", "qp"}:
            return quopri.decodestring(self.raw)
        if encoding in {"x-uuencode", "uuencode", "x-uue"} and (found := _UUENCODED.search(self.raw)) is not None:
            return unuu(found[2])
        return self.raw

    def text(self) -> str:
        """The part as text."""
        text = decode(self.content(), self.params.get("charset"))
        return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


@dataclass
class Tree:
    """All leaves of a mail in order."""

    parts: list[Part] = field(default_factory=list)
    seen: int = 0


def walk(head: Head, body: bytes) -> list[Part]:
    """The leaves of a mail.

    Raises:
        Unreadable: too many parts, or nested too deeply.
    """
    tree = Tree()
    _grow(tree, head, body, depth=0, container="", default="text/plain")
    return tree.parts


def _grow(tree: Tree, head: Head, body: bytes, *, depth: int, container: str, default: str, siblings: int = 1) -> None:
    tree.seen += 1
    if tree.seen > MAX_PARTS:
        raise Unreadable("It is made of more parts than any mail.")
    if depth > MAX_DEPTH:
        raise Unreadable("Its parts are nested more deeply than in any mail.")
    kind, params = parameters(_content_type(head))
    if "/" not in kind:
        kind = default
    if kind.startswith("multipart/"):
        pieces = list(_cut(body, params.get("boundary", "")))
        if pieces:
            inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            for piece in pieces:
                inner_head, inner_body = split_head(piece, checked=False) if _has_head(piece) else (Head([]), piece)
                _grow(
                    tree, inner_head, inner_body, depth=depth + 1, container=kind, default=inner, siblings=len(pieces)
                )
            return
        kind = "text/plain"  # a container without parts: what is there is text
    tree.parts.append(Part(head, body, kind, params, container, siblings))


def _content_type(head: Head) -> str:
    """The first content type that is one: some mails have several."""
    for raw in head.all("content-type"):
        text = decode(raw).strip()
        if "/" in text.split(";")[0]:
            return text
    return head.plain("content-type")


def _has_head(piece: bytes) -> bool:
    first = piece.split(b"\n", 1)[0].strip()
    return not first or re.match(rb"[\x21-\x39\x3b-\x7e]+[ \t]*:", first) is not None


def _cut(body: bytes, boundary: str) -> Iterator[bytes]:
    mark = boundary.strip().encode("utf-8", "replace")
    if not mark:
        found = re.search(rb"^--([^\s-][^\r\n]{0,69})\r?\nContent-", body, re.MULTILINE | re.IGNORECASE)
        if found is None:
            return
        mark = found[1].strip()
    line = re.compile(rb"^--" + re.escape(mark) + rb"(--)?[ \t]*\r?$\n?", re.MULTILINE)
    start: int | None = None
    for count, found in enumerate(line.finditer(body)):
        if count > MAX_PARTS:
            raise Unreadable("It is made of more parts than any mail.")
        if start is not None:
            yield _without_last_newline(body[start : found.start()])
        start = found.end()
        if found[1]:
            return
    if start is not None and start < len(body):
        yield body[start:]


def _without_last_newline(piece: bytes) -> bytes:
    return piece[:-2] if piece.endswith(b"\r\n") else piece[:-1] if piece.endswith(b"\n") else piece


def unuu(lines: bytes) -> bytes:
    """Uuencoded lines to bytes; a broken line ends it."""
    out = bytearray()
    for line in lines.splitlines():
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            break
    return bytes(out)
