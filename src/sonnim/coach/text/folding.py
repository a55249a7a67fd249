"""One way of writing for what is typed in several: lower case, plain quotes, narrow digits; no character moves."""

import re

_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_QUOTES = {ord(fancy): ord("'") for fancy in "’‘ʼ＇"} | {ord(fancy): ord('"') for fancy in "“”＂"}
_BLANKS = {ord(blank): ord(" ") for blank in "\u00a0\u3000\u2009\u202f"}
_TABLE = _WIDE | _QUOTES | _BLANKS
_IN_TABLE = re.compile("[" + "".join(map(re.escape, map(chr, _TABLE))) + "]")
_MOST = 40
# No number is so long; a pattern that tries each of its places would read it thousands of times.
_ENDLESS = re.compile(rf"[\d,]{{{_MOST + 1},}}")


def folded(text: str) -> str:
    """The text for looking things up in; it is as long as the original, so that positions hold in both."""
    plain = text if text.isascii() or not _IN_TABLE.search(text) else text.translate(_TABLE)
    if len(text) > _MOST:
        plain = _ENDLESS.sub(_cut, plain)
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    return "".join(small if len(small := each.lower()) == 1 else each for each in plain)


def _cut(run: re.Match[str]) -> str:
    return run[0][:_MOST] + "·" * (len(run[0]) - _MOST)
