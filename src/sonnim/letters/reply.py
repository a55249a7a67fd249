"""What somebody wrote, parted from what their mail program quoted beneath it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sonnim.letters import phrases
from sonnim.letters.html import QUOTE, SIGNATURE
from sonnim.letters.limits import MAX_TEXT


class Split(NamedTuple):
    """The new text, and the rest that is folded away."""

    reply: str
    quoted: str


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


_DIGIT_DATE = r"\d{1,4}\s?[./\-年월月년]\s?\d{1,2}"
_DATE = re.compile(rf"{_DIGIT_DATE}|\b(?:19|20)\d\d\b|\d{{1,2}}[:.hH時时시]\s?\d{{2}}|\b25[3-9]\d\b")
_MAILBOX = re.compile(r"[^\s<>\"(),:;@]+@[^\s<>\"(),:;@]+")
_WROTE = re.compile(
    rf"(?:^|[\s,，、)>\]»\d日周一二三四五六日월时時分午후오])(?:{_any(phrases.WROTE)})(?=\W|$)", re.IGNORECASE
)
_WROTE_CJK = re.compile(
    "님이 (?:다음을 )?작성|작성(?:했습니다)?\\s*[:：]|写道|寫道|のメール\\s*[:：]"
    "|書きました|さんのメール|님의 말\\s*[:：]"
)
_ENDS = re.compile(r"[:：]\s*[*_]{0,2}\s*$")
# Gmail in Japanese, Russian and others has no verb: `2026年1月5日(月) 14:30 田中 <t@shop.jp>:`
_NAMED = re.compile(r"<[^<>\s]+@[^<>\s]+>\s*(?:\(.{0,60}\))?\s*[:：]\s*$")
_MOMENT = re.compile(
    r"\b(?:19|20)\d\d\b.{0,24}\d{1,2}[:.]\d{2}|\d{1,2}[:.]\d{2}.{0,30}\b(?:19|20)\d\d\b|(?:19|20)\d\d年"
)
_WROTE_AT_END = re.compile(rf"[\s>)\]](?:{_any(phrases.WROTE)})$", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:on|am|le|el|em|il|op|den|på|w dniu|dnia|dne|dňa|v|в|у|pe|la|στις|em|a|at|ma|ti|ke|to|pe|su|il giorno|在|于|"
    r"am|vào|pada|בתאריך|في|με)\b",
    re.IGNORECASE,
)
_DASHED = re.compile(r"^[\s>*]*[-_=—–~#*]{2,}\s*(?P<said>[^-_=—–~]{2,60}?)\s*[-_=—–~#*]{2,}[\s:>]*$")
_ORIGINAL = re.compile(rf"(?:{_any(phrases.ORIGINAL)})", re.IGNORECASE)
_BEGIN = re.compile(rf"^\W*(?:{_any(phrases.BEGIN)})\s*[:：]?\W*$", re.IGNORECASE)
_LABEL = r"^[\s>*|]*(?:{})[ \t　]*(?:[*_]*[ \t]*[:：][*_]*|\t)"
_FROM = re.compile(_LABEL.format(_any(phrases.FROM)), re.IGNORECASE)
_OTHER = re.compile(_LABEL.format(_any((*phrases.SENT, *phrases.TO, *phrases.COPY, *phrases.SUBJECT))), re.IGNORECASE)
_STRONG = re.compile(_LABEL.format(_any((*phrases.SENT, *phrases.SUBJECT))), re.IGNORECASE)
_RULE = re.compile(r"^[\s>]*(?:[_]{5,}|[-]{8,}|[—–*]{5,}|={4,})\s*$")
_DEVICE = re.compile(rf"^[\s*_<\[(]*(?:{'|'.join(phrases.DEVICE)})[\s*_>\])]*$", re.IGNORECASE)
_SIGNATURE = re.compile(r"^(?:--\s?|——\s?|— ?|–– ?|__\s?|—{3,}\s*|-{2,3}\s*)$")
_ENTITY = {"&gt;": ">", "&lt;": "<", "&quot;": '"', "&amp;": "&", "&nbsp;": " "}
_UNREAD = "\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
MAX_SIGNATURE_LINES = 14


def split_reply(text: str) -> Split:
    """Part a plain text into what is new and what is quoted; what is not certain to be a quotation stays."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")[:MAX_TEXT].split("\n")
    bare = [_bare(line) for line in lines]
    cut = _cut(bare)
    above, below = lines[:cut], lines[cut:]
    first = next((line for line in bare if line.strip()), "")
    if not _says_something(above) or (cut == len(lines) and first.lstrip().startswith(">")):
        under = _under_quotation(lines, bare, 0 if cut == len(lines) else cut)
        if under is not None:
            above, below = under
    kept, signature = _without_signature(above)
    if not _says_something(kept):
        kept, signature = above, []
    quoted = [line for line in (*signature, *below) if line not in (QUOTE, SIGNATURE)]
    return Split(_joined(kept), _joined(quoted))


def _bare(line: str) -> str:
    for entity, char in _ENTITY.items():
        if entity in line:
            line = line.replace(entity, char)
    return line.replace("\u00a0", " ").translate({ord(each): None for each in _UNREAD}).rstrip()


def _cut(lines: list[str]) -> int:
    """The line where the quoted end of the mail begins; len(lines) when there is none."""
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        if line == QUOTE:
            return _upwards(lines, at)
        if line.lstrip().startswith(">"):
            continue
        if at and _DEVICE.match(line.strip()) and _stands_alone(lines, at):
            return at
        if _is_divider(lines, at) or _is_header_block(lines, at):
            return _upwards(lines, at)
        length = _attribution(lines, at)
        if length and not _answered_between(lines, at + length):
            return at
    return _trailing_quotation(lines)


def _stands_alone(lines: list[str], at: int) -> bool:
    """A telephone's own line in a paragraph of its own, with something above it."""
    below = lines[at + 1].strip() if at + 1 < len(lines) else ""
    return _says_something(lines[:at]) and not lines[at - 1].strip() and (not below or _RULE.match(below) is not None)


def _upwards(lines: list[str], at: int) -> int:
    """A rule, and a head line that names no sender, directly above belong to what they introduce."""
    while True:
        above = at - 1
        while above >= 0 and not lines[above].strip():
            above -= 1
        if above < 0 or not (_RULE.match(lines[above]) or _DASHED.match(lines[above]) or _STRONG.match(lines[above])):
            return at
        at = above


def _is_divider(lines: list[str], at: int) -> bool:
    line = lines[at]
    found = _DASHED.match(line)
    if found is not None and _ORIGINAL.search(found["said"]):
        return True
    return _BEGIN.match(line) is not None


def _is_header_block(lines: list[str], at: int) -> bool:
    """`From: … Sent: … Subject: …`: a sender's line, and at least one more such line close below; or a rule "
    "above one."""
    if _FROM.match(lines[at]) is None:
        return False
    following = [line for line in lines[at + 1 : at + 9] if line.strip()][:6]
    others = [line for line in following if _OTHER.match(line)]
    strong = any(_STRONG.match(line) for line in following)
    if len(others) >= 2 and strong:
        return True
    rest = lines[at].split(":", 1)[-1] if ":" in lines[at] else lines[at]
    return bool(others) and strong and (_MAILBOX.search(rest) is not None or len(others) >= 2 or len(following) <= 3)


def _attribution(lines: list[str], at: int) -> int:
    """How many lines introduce a quotation from here ("On … Kim wrote:"), 0 when none do."""
    joined = ""
    for length in range(1, 5):
        if at + length > len(lines):
            return 0
        line = lines[at + length - 1].strip()
        if not line:
            return 0
        joined = f"{joined} {line}".strip()
        if len(joined) > 360:
            return 0
        if _introduces(joined):
            return length
        if (
            _ENDS.search(joined)
            and _is_quoted_next(lines, at + length)
            and (_DATE.search(joined) or _MAILBOX.search(joined))
        ):
            return length
        if length == 1 and not (_LEAD.match(joined) or _DATE.search(joined) or _MAILBOX.search(joined)):
            return 0
    return 0


def _introduces(joined: str) -> bool:
    text = joined.strip("*_ ")
    if _NAMED.search(text) and _MOMENT.search(text):
        return True
    dated, addressed = _DATE.search(text) is not None, _MAILBOX.search(text) is not None
    if not (dated or addressed):
        return False
    if _ENDS.search(text) is None:
        return dated and addressed and _WROTE_AT_END.search(text) is not None and len(text) < 200
    if _WROTE_CJK.search(text):
        return True
    if _WROTE.search(text) is None:
        return False
    return dated or (addressed and _LEAD.match(text) is not None) or text.count("<") == 1


def _is_quoted_next(lines: list[str], at: int) -> bool:
    for line in lines[at : at + 3]:
        if line.strip():
            return line.lstrip().startswith(">")
    return False


def _answered_between(lines: list[str], at: int) -> bool:
    """Whether somebody wrote between and below the quoted lines: then the whole is theirs, quotations included."""
    quoted = False
    for n, line in enumerate(lines[at:], at):
        bare = line.strip()
        if not bare or line == QUOTE:
            continue
        if bare.startswith(">"):
            quoted = True
        elif not quoted:
            return False  # a quotation that is not marked line by line goes on to the end
        elif _is_wrapped(lines, n):
            continue
        else:
            return not _only_signature(lines[n:])
    return False


def _is_wrapped(lines: list[str], at: int) -> bool:
    """The end of a quoted line that a mail program broke: the quotation stands directly above and goes on below."""
    if not lines[at - 1].lstrip().startswith(">"):
        return False
    below = next((line for line in lines[at + 1 :] if line.strip()), "")
    return below.lstrip().startswith(">") and (len(lines[at - 1]) >= 50 or lines[at][:1].islower())


def _only_signature(lines: list[str]) -> bool:
    rest = [line for line in lines if line.strip()]
    if not rest:
        return True
    first = rest[0].strip()
    if _SIGNATURE.match(rest[0].rstrip("\n")) or _RULE.match(rest[0]) or _DEVICE.match(first) or rest[0] == SIGNATURE:
        return True
    return all(line.lstrip().startswith(">") for line in rest)


def _trailing_quotation(lines: list[str]) -> int:
    """Where a run of `>` lines begins that reaches to the end, when something stands above it."""
    at = len(lines)
    while at > 0 and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith(">")):
        at -= 1
    if at == len(lines) or not any(line.lstrip().startswith(">") for line in lines[at:]):
        return len(lines)
    return at if any(line.strip() for line in lines[:at]) else len(lines)


def _under_quotation(lines: list[str], bare: list[str], cut: int) -> tuple[list[str], list[str]] | None:
    """Bottom posting: the quotation first, the answer below it. None when nothing stands below."""
    cited = [n for n, line in enumerate(bare) if line.lstrip().startswith(">")]
    last = cited[-1] if cited else -1
    between = [n for n in range(cited[0], last) if bare[n].strip() and n not in cited] if cited else []
    if last < cut or between:
        return None
    under = lines[last + 1 :]
    return (under, lines[: last + 1]) if _says_something(under) else None


def _says_something(lines: list[str]) -> bool:
    return any(line.strip() and line not in (QUOTE, SIGNATURE) for line in lines)


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    at = len(lines)
    for n, line in enumerate(lines):
        bare = _bare(line)
        if bare == SIGNATURE or (_SIGNATURE.match(line.rstrip("\n")) and _is_signature_below(lines, n)):
            at = n
            break
    kept = lines[:at]
    while True:
        last = _last(kept)
        if last < 0:
            break
        bare = _bare(kept[last]).strip()
        if (_DEVICE.match(bare) and (last == 0 or len(bare) <= 90)) or (_RULE.match(bare) and last > 0):
            kept = kept[:last]
        else:
            break
    return kept, lines[len(kept) :]


def _is_signature_below(lines: list[str], at: int) -> bool:
    """A signature is short, and nothing above the mark is missing: `----` between two paragraphs is a rule."""
    below = [line for line in lines[at + 1 :] if line.strip()]
    if len(below) > MAX_SIGNATURE_LINES or not _says_something(lines[:at]):
        return False
    mark = lines[at].strip()
    if mark in {"--", "—", "——"} or set(mark) == {"—"}:
        return True
    return len(below) <= 6 and all(len(line) <= 80 for line in below)


def _last(lines: list[str]) -> int:
    for n in range(len(lines) - 1, -1, -1):
        if lines[n].strip():
            return n
    return -1


def _joined(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines if line not in (QUOTE, SIGNATURE)).strip("\n").rstrip()
