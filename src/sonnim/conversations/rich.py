"""Rich text: a message as blocks and runs. An entry keeps it as `data.rich`; `text` is always its plain form.

    document  = [block, …]
    block     = {"type": "paragraph" | "quote", "content": [run, …]}        an empty paragraph is an empty line
              | {"type": "bullets" | "numbers", "items": [[run, …], …]}     lists do not nest
              | {"type": "code", "text": "…"}                               may hold line ends; the only place that may
    run       = {"type": "text", "text": "…", "bold"?, "italic"?, "strike"?, "code"?: true, "link"?: "https://…"}
              | {"type": "break"}                                           a line end inside a block
              | {"type": "mention", "agent_id": 7, "name": "…"}             in notes alone

Flags that are false and links that are empty are left out. A document that is nothing but paragraphs of bare text is
not kept at all: its plain form says the same.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

import msgspec

from sonnim.kernel.errors import Invalid
from sonnim.kernel.text import checked_text

MAX_BLOCKS = 500
MAX_RUNS = 4_000
MAX_LINK = 2_000
MAX_MENTIONS = 50
# Characters that turn the direction of writing or have no width could make an address look like another one.
_SEEN = r"[^\s\x00-\x20\x7f<>\"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
_LINK = re.compile(rf"(?=(?:https?://[^/]|mailto:[^@]+@.|tel:\+?[0-9(])){_SEEN}*", re.IGNORECASE)
_LINE_ENDS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class Text(msgspec.Struct, tag_field="type", tag="text", forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """Words that look the same and lead to the same place."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""

    def bare(self) -> bool:
        """Whether nothing but the words is said."""
        return not (self.bold or self.italic or self.strike or self.code or self.link)


class Break(msgspec.Struct, tag_field="type", tag="break", forbid_unknown_fields=True, frozen=True):
    """A line end inside a block."""


class Mention(msgspec.Struct, tag_field="type", tag="mention", forbid_unknown_fields=True, frozen=True):
    """A colleague who is called; `name` is what was written, for readers who do not know the agent."""

    agent_id: int
    name: str


Run = Text | Break | Mention


class Paragraph(msgspec.Struct, tag_field="type", tag="paragraph", forbid_unknown_fields=True, frozen=True):
    """A line, or several with breaks."""

    content: tuple[Run, ...] = ()


class Quote(msgspec.Struct, tag_field="type", tag="quote", forbid_unknown_fields=True, frozen=True):
    """Somebody else's words."""

    content: tuple[Run, ...] = ()


class Bullets(msgspec.Struct, tag_field="type", tag="bullets", forbid_unknown_fields=True, frozen=True):
    """A list whose order does not matter."""

    items: tuple[tuple[Run, ...], ...]


class Numbers(msgspec.Struct, tag_field="type", tag="numbers", forbid_unknown_fields=True, frozen=True):
    """A list of steps, counted from 1."""

    items: tuple[tuple[Run, ...], ...]


class Code(msgspec.Struct, tag_field="type", tag="code", forbid_unknown_fields=True, frozen=True):
    """Lines to be shown as they are."""

    text: str


Block = Paragraph | Quote | Bullets | Numbers | Code
Document = tuple[Block, ...]


def read(value: object) -> Document:
    """A document from decoded JSON.

    Raises:
        Invalid: another shape than the one above.
    """
    try:
        return msgspec.convert(value, Document)
    except msgspec.ValidationError as error:
        raise Invalid(f"This rich text is not understood: {error}"[:300], fields={"data.rich": str(error)}) from None


def checked(document: Document, *, may_mention: bool = False, may_be_empty: bool = False) -> tuple[str, Document]:
    """The plain form and the tidied document; an empty document when the plain form says all there is.

    Args:
        may_mention: whether colleagues may be called, which a shopper must not read.
        may_be_empty: for a message of files alone.

    Raises:
        Invalid: too many parts, a line end inside a run, a mention where none may be, or a link that leads elsewhere
            than http, https, mailto and tel.
        TextInvalid: see kernel.text.checked_text, for the plain form.
    """
    if len(document) > MAX_BLOCKS:
        raise _refused(f"at most {MAX_BLOCKS} blocks")
    runs = [run for block in document for line in _lines_of(block) for run in line]
    items = sum(len(block.items) for block in document if isinstance(block, Bullets | Numbers))
    if len(runs) + items > MAX_RUNS:
        raise _refused(f"at most {MAX_RUNS} parts")
    called = [run for run in runs if isinstance(run, Mention)]
    if called and (not may_mention or len(called) > MAX_MENTIONS):
        raise _refused(f"at most {MAX_MENTIONS} people in a note, none in a message")
    for run in runs:
        _check_run(run)
    tidy = tuple(_tidied(block) for block in document)
    text = checked_text(plain(tidy), may_be_empty=may_be_empty)
    for run in called:
        checked_text(run.name)
    return text, () if _says_no_more(tidy) else tidy


def _refused(why: str) -> Invalid:
    return Invalid(f"This rich text cannot be kept: {why}.", fields={"data.rich": why})


def _check_run(run: Run) -> None:
    if isinstance(run, Text):
        if _LINE_ENDS.search(run.text):
            raise _refused("a line end inside a run")
        if run.link and not safe_link(run.link):
            raise _refused("links lead to http, https, mailto or tel")
    elif isinstance(run, Mention) and (
        not 0 < run.agent_id < 2**53 or not 0 < len(run.name) <= 100 or _LINE_ENDS.search(run.name)
    ):
        raise _refused("a person who cannot be")


def safe_link(address: str) -> bool:
    """Whether an address may be offered for a click: http, https, mailto or tel, and nothing that hides in it."""
    return len(address) <= MAX_LINK and _LINK.fullmatch(address) is not None


def _lines_of(block: Block) -> Sequence[Sequence[Run]]:
    if isinstance(block, Paragraph | Quote):
        return (block.content,)
    return block.items if isinstance(block, Bullets | Numbers) else ()


def _tidied(block: Block) -> Block:
    if isinstance(block, Paragraph | Quote):
        return type(block)(_joined(block.content))
    if isinstance(block, Bullets | Numbers):
        return type(block)(tuple(_joined(item) for item in block.items))
    return block


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs that look the same are one; empty ones are none."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if not isinstance(run, Text):
            joined.append(run)
        elif isinstance(last, Text) and msgspec.structs.replace(last, text=run.text) == run:
            joined[-1] = msgspec.structs.replace(last, text=last.text + run.text)
        elif run.text:
            joined.append(run)
    return tuple(joined)


def _says_no_more(document: Document) -> bool:
    return all(
        isinstance(block, Paragraph)
        and all(isinstance(run, Break) or (isinstance(run, Text) and run.bare()) for run in block.content)
        for block in document
    )


def mentioned(document: Document) -> tuple[int, ...]:
    """The agents who are called, each once, in order."""
    runs = (run for block in document for line in _lines_of(block) for run in line)
    return tuple(dict.fromkeys(run.agent_id for run in runs if isinstance(run, Mention)))


def from_plain(text: str) -> Document:
    """A text as a document: a paragraph for each line. `plain` answers the same text again."""
    return tuple(Paragraph((Text(line),) if line else ()) for line in text.split("\n"))


def as_json(document: Document) -> list[dict[str, Any]]:
    """The document as it stands on the wire."""
    built: list[dict[str, Any]] = msgspec.to_builtins(document)
    return list(built)


def plain(document: Document) -> str:
    """The document in characters alone: what is searched, shown in lists, and sent where nothing else is understood."""
    return "\n".join(block.text if isinstance(block, Code) else _lines(block, _plain_words) for block in document)


def markdown(document: Document) -> str:
    """The document as Markdown, for channels and programs that read it; nothing that people typed acts as a mark."""
    return "\n\n".join(
        _fenced(block) if isinstance(block, Code) else _lines(block, _marked_words) for block in document
    )


Write = Callable[[Iterable[Text], str], str]


def _lines(block: Paragraph | Quote | Bullets | Numbers, write: Write) -> str:
    if isinstance(block, Paragraph):
        return _line(block.content, write)
    if isinstance(block, Quote):
        return "> " + _line(block.content, write).replace("\n", "\n> ")
    bullet = "• " if write is _plain_words else "- "
    lines = []
    for n, item in enumerate(block.items, start=1):
        mark = f"{n}. " if isinstance(block, Numbers) else bullet
        lines.append(mark + _line(item, write).replace("\n", "\n" + " " * len(mark)))
    return "\n".join(lines)


def _line(runs: Iterable[Run], write: Write) -> str:
    """The runs in order; what leads to one place is one link, however its words look."""
    said = []
    for _, group in groupby(runs, key=lambda run: run.link if isinstance(run, Text) else run):
        same = list(group)
        words = [each for each in same if isinstance(each, Text)]
        if words:
            said.append(write(words, words[0].link))
        said.extend(write([Text(f"@{each.name}")], "") for each in same if isinstance(each, Mention))
        said.extend("\n" for each in same if isinstance(each, Break))
    return "".join(said)


def _plain_words(runs: Iterable[Text], link: str) -> str:
    words = "".join(run.text for run in runs)
    shown = link.removeprefix("mailto:").removeprefix("tel:")
    return words if not link or words.strip() in (shown, link) else f"{words} ({shown})"


_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")


def _marked_words(runs: Iterable[Text], link: str) -> str:
    words = "".join(_marked(run) for run in runs)
    return f"[{words}](<{link}>)" if link else words


def _marked(run: Text) -> str:
    inner = run.text.strip()
    if not inner:
        return run.text
    before, _, after = run.text.partition(inner)
    if run.code:
        wall = "`" * (_longest_wall(inner) + 1)
        pad = " " if inner.startswith("`") or inner.endswith("`") else ""
        shown = f"{wall}{pad}{inner}{pad}{wall}"
    else:
        shown = _MARKS.sub(r"\\\1", inner)
    for wanted, mark in ((run.strike, "~~"), (run.italic, "_"), (run.bold, "**")):
        shown = f"{mark}{shown}{mark}" if wanted else shown
    return before + shown + after


def _fenced(block: Code) -> str:
    wall = "`" * max(3, _longest_wall(block.text) + 1)
    return f"{wall}\n{block.text}\n{wall}"


def _longest_wall(text: str) -> int:
    return max((len(ticks) for ticks in re.findall("`+", text)), default=0)
