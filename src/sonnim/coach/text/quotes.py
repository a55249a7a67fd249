"""Pieces of a text that stand in quotes: words of somebody else, names, titles."""

import re

from sonnim.coach.text.spans import Span

_QUOTE = re.compile(
    r"\"[^\"\n]{1,80}\"|(?<![a-z0-9])'[^'\n]{1,80}'(?![a-z0-9])|[「『《〈][^」』》〉\n]{1,80}[」』》〉]"
)


def quotes(folded: str) -> tuple[Span, ...]:
    """What is quoted in a folded text; an apostrophe is no quote."""
    return tuple(Span(*match.span()) for match in _QUOTE.finditer(folded))
