"""Which two characters follow each other in a text, as numbers: made several times faster than pieces of text."""

_CHARACTER, _PAIR = 4, 8
_NONE = memoryview(b"").cast("Q")


def pairs(text: str) -> set[int]:
    """A number for each pair of characters that follow each other; the same one in all texts."""
    return set().union(*each_pair(text))


def each_pair(text: str) -> tuple[memoryview, memoryview]:
    """The numbers of all pairs, every other one first; the same ones as often as they are there."""
    written = memoryview(text.encode("utf-32-le", "surrogatepass"))
    end = len(written)
    if end <= _CHARACTER:
        return _NONE, _NONE
    turned = end % _PAIR
    return written[: end - turned].cast("Q"), written[_CHARACTER : end - _CHARACTER + turned].cast("Q")
