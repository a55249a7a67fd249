"""Who wrote, to whom: address lists as mailers really write them."""

import re
from dataclasses import dataclass

from sonnim.letters.charsets import decode
from sonnim.letters.headers import decode_words, tidy
from sonnim.letters.limits import MAX_ADDRESSES, Unreadable

# A mailbox that mail can be sent to; lenient in letters (RFC 6531), strict in what could make it another's.
_ADDRESS = re.compile(r"[^\s\"(),:;<>@\[\]\\\x00-\x20\x7f]+@[^\s\"(),:;<>@\\\x00-\x20\x7f]+")
_BARE = re.compile(r"(?<![^\s<:,;(\[])" + _ADDRESS.pattern + r"(?![^\s>,;])")
_ESCAPED = re.compile(r"\\(.)")
_ROBOT = re.compile(r"(?:mailer-?daemon|no-?reply|do-?not-?reply|postmaster|bounces?)(?:[+.\-_].*)?@", re.IGNORECASE)
_QUOTES = "\"'“”‘’"


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox as it was written. `address` is empty when none can be read with certainty."""

    name: str
    address: str


def first_address(raw: bytes | None) -> Address:
    """The first mailbox of a field; an empty one when there is none."""
    found = address_list(raw) if raw is not None else []
    for each in found:
        if each.address:
            return each
    return found[0] if found else Address("", "")


def address_list(raw: bytes) -> list[Address]:
    """The mailboxes of a field, groups dissolved, empty places left out.

    Raises:
        Unreadable: more mailboxes than any person writes to.
    """
    if raw.count(b"@") > 4 * MAX_ADDRESSES and len(raw) > 16 * 1024:
        raise Unreadable("It is addressed to too many people.")
    found = []
    for piece in _pieces(decode(raw)):
        mailbox = _mailbox(piece)
        if mailbox is not None:
            found.append(mailbox)
            if len(found) > MAX_ADDRESSES:
                raise Unreadable("It is addressed to too many people.")
    return found


def _pieces(text: str) -> list[str]:
    """Cut at commas and semicolons that stand in no quotes, comments or angle brackets; a group's name falls away."""
    pieces, piece = list[str](), list[str]()
    quoted, depth, angle, escaped = False, 0, False, False
    for char in text:
        if escaped:
            piece.append(char)
            escaped = False
            continue
        if char == "\\":
            escaped = True
        elif quoted:
            quoted = char != '"'
        elif char == '"' and depth == 0:
            quoted = True
        elif char == "(":
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        elif depth == 0:
            if char == "<":
                angle = True
            elif char == ">":
                angle = False
            elif char in ",;" and (char == ";" or not angle):
                pieces.append("".join(piece))
                piece, angle = [], False
                continue
            elif char == ":" and not angle and "@" not in "".join(piece):
                piece = []  # `Friends: a@b, c@d;`
                continue
        piece.append(char)
    pieces.append("".join(piece))
    return _rejoined(pieces)


def _rejoined(pieces: list[str]) -> list[str]:
    """`Kim, Min <kim@shop.kr>` without quotes is one person: a piece without an address belongs to the next."""
    out, carried = list[str](), ""
    for n, piece in enumerate(pieces):
        if not piece.strip():
            continue
        has_address = "@" in piece
        following = next((each for each in pieces[n + 1 :] if each.strip()), "")
        if not has_address and "<" in following and not carried and '"' not in piece and len(pieces) <= 6:
            carried = piece.strip()
            continue
        out.append(f"{carried}, {piece.strip()}" if carried else piece)
        carried = ""
    if carried:
        out.append(carried)
    return out


def _mailbox(piece: str) -> Address | None:
    text = piece.strip()
    if not text:
        return None
    bracket = re.search(r"<([^<>]*)>?", _outside_quotes(text))
    if bracket is not None:
        inner = text[bracket.start(1) : bracket.end(1)]
        if text[bracket.end() :].lstrip().startswith("@"):
            return Address(_name(text[: bracket.start()]), "")  # `<alice@shop>@evil`: whose is it?
        behind = _BARE.search(_without_comments(text[bracket.end() :])[0])
        if behind is not None and behind[0].lower() != inner.strip().lower():
            return Address(_name(text[: bracket.start()]), "")  # `<alice@shop>bob@evil`, likewise
        name = _name(text[: bracket.start()] + " " + text[bracket.end() :])
        return Address(name or _comment(text), _clean(inner))
    without, comments = _without_comments(text)
    address = _clean(without)
    if address:
        return Address(_name(comments), address)
    if (found := _BARE.search(without)) is not None:
        return Address(_name(without[: found.start()]) or _name(comments), _clean(found[0]))
    name = _name(without) or _name(comments)
    return Address(name, "") if name else None


def _outside_quotes(text: str) -> str:
    """The text with what stands in double quotes blanked, so that `"a <b" <c@d>` is read rightly."""

    def blank(found: re.Match[str]) -> str:
        return " " * len(found[0])

    return re.sub(r'"(?:[^"\\]|\\.)*"', blank, text)


def _without_comments(text: str) -> tuple[str, str]:
    kept, comments, depth, quoted, escaped = list[str](), list[str](), 0, False, False
    for char in text:
        if escaped:
            (comments if depth else kept).append(char)
            escaped = False
        elif char == "\\":
            escaped = True
            if not depth:
                kept.append(char)
        elif char == '"' and not depth:
            quoted = not quoted
            kept.append(char)
        elif char == "(" and not quoted:
            depth += 1
            comments.append(" " if depth == 1 else char)
        elif char == ")" and depth and not quoted:
            depth -= 1
            comments.append(" " if depth == 0 else char)
        else:
            (comments if depth else kept).append(char)
    return "".join(kept), "".join(comments)


def _clean(text: str) -> str:
    """An address without comments, routes and spaces around its dots; empty when it could be read as somebody "
    "else's."""
    bare = _without_comments(text)[0].strip()
    if bare.lower().startswith("mailto:"):
        bare = bare[7:]
    if bare.startswith("@") and ":" in bare:
        bare = bare.rsplit(":", 1)[1]  # a source route, RFC 822
    bare = re.sub(r"\s*([.@])\s*", r"\1", bare).strip(_QUOTES + " .")
    quoted = re.fullmatch(r'"((?:[^"\\]|\\.)+)"?@(\S+)', text.strip())
    if quoted is not None:
        bare = f'"{quoted[1]}"@{quoted[2]}' if re.search(r"[^\w.+-]", quoted[1]) else f"{quoted[1]}@{quoted[2]}"
        return bare
    if _ADDRESS.fullmatch(bare) is None:
        return ""
    return bare


def _comment(text: str) -> str:
    return _name(_without_comments(text)[1])


def _name(text: str) -> str:
    """A display name for people: no quotes, no escapes, encoded words decoded wherever they stand."""
    bare = _without_comments(text)[0].strip()
    if len(bare) > 1 and bare[0] == '"' == bare[-1]:
        bare = bare[1:-1]
    elif bare.count('"') >= 2 or bare[:1] == '"' or bare[-1:] == '"':
        bare = bare.replace('\\"', "\x01").replace('"', "").replace("\x01", '\\"')
    name = tidy(decode_words(_ESCAPED.sub(r"\1", bare)))
    if len(name) > 1 and name[0] in "\"'" and name[-1] == name[0]:
        name = name[1:-1].strip()
    return name.strip(" ,;")


def is_robot(address: str) -> bool:
    """Whether the name of a box says that a machine writes from it, or that nobody reads what is sent to it."""
    return _ROBOT.match(address) is not None
