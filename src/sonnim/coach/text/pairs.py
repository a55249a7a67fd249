"""Which two characters follow each other in a text, as numbers: made several times faster than pieces of text."""

_CHARACTER, _PAIR = 4, 8


def pairs(text: str) -> set[int]:
    """A number for each pair of characters that follow each other; the same one in all texts."""
    written = memoryview(text.encode("utf-32-le", "surrogatepass"))
    end, turned = len(written), len(written) % _PAIR
    even, odd = written[: end - turned], written[_CHARACTER : end - _CHARACTER + turned]
    return {*even.cast("Q"), *odd.cast("Q")} if end > _CHARACTER else set()
