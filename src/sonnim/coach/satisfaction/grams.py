"""Words, characters and their pairs of a text as numbered buckets, so that a model holds no words of anybody."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

VIEWS = ("customer", "later", "last", "end", "served", "answer", "closing")
"""The parts of a dialogue that are read for themselves; `features.Parts` says which turns they have."""

_TOKEN = re.compile(
    r"[a-z]+(?:'[a-z]+)?|[0-9]+|<[a-z_]+[0-9]*>|[^\W\d_]|[?!？！…]|\.{2,}|[\u2600-\u27bf\U0001f300-\U0001faff]"
)
_SAME = str.maketrans("？！", "?!")
_NUMBER, _MASKED = "0", "@"


def buckets_of(folded: str, size: int) -> Counter[int]:
    """How often each bucket, of `size` many, is met in a folded text."""
    mask = size - 1
    return Counter(crc32(gram.encode()) & mask for gram in _grams(folded))


def _grams(folded: str) -> Iterator[str]:
    tokens = [_plain(token) for token in _TOKEN.findall(folded.translate(_SAME))]
    yield from tokens
    for pair in pairwise(("^", *tokens, "$")):
        yield " ".join(pair)
    for one, two, three in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if len(one) == len(two) == len(three) == 1 and one > "\u3000" and two > "\u3000" and three > "\u3000":
            yield one + two + three


def _plain(token: str) -> str:
    if token[0] == "<":
        return _MASKED
    return _NUMBER if token.isdigit() else token
