"""`wall-of-text`: many sentences without a line break between them."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.passage import Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "wall-of-text"
_LEAST, _TOGETHER = 5, 3
_SEVERAL, _AMONG_OTHERS = 3, 2.0
"""Among several paragraphs one may be longer."""
_ONE_BREATH = 1.5
"""Fewer sentences are a wall when they are as long as this."""


def find(reading: Reading) -> Iterator[Finding]:
    limits = reading.pack.topic("limits").values
    limit = int(limits["wall"])
    if len(reading.text) <= limit:
        return
    blocks = list(_blocks(reading))
    for block in blocks:
        start, end = block[0].start, block[-1].end
        size = len(reading.text[start:end].replace(" ", ""))
        if size > limit * (_AMONG_OTHERS if len(blocks) >= _SEVERAL else 1) and (
            len(block) >= _LEAST or size > int(limits.get("breath", limit * _ONE_BREATH))
        ):
            yield Finding(start, end, _in_paragraphs(reading, block, limit) if len(block) >= _LEAST else None)


def _blocks(reading: Reading) -> Iterator[list[Sentence]]:
    """The sentences that stand together without a line break."""
    block: list[Sentence] = []
    for sentence in reading.sentences:
        if block and "\n" in reading.text[block[-1].end : sentence.start]:
            yield block
            block = []
        block.append(sentence)
    if block:
        yield block


def _in_paragraphs(reading: Reading, block: list[Sentence], limit: int) -> str:
    """The same sentences in pieces of two or three, or fewer where they are long."""
    pieces: list[list[Sentence]] = []
    for sentence in block:
        room = limit // 2 - (sentence.end - pieces[-1][0].start if pieces else 0)
        if pieces and len(pieces[-1]) < _TOGETHER and room > 0:
            pieces[-1].append(sentence)
        else:
            pieces.append([sentence])
    return "\n\n".join(reading.text[piece[0].start : piece[-1].end] for piece in pieces)


RULE = Rule(ID, Severity.NOTE, find)
