"""What a page of a form carries so that robots have it harder than people: a signed beginning, and a puzzle.

The mark says when the page was given out, how hard its puzzle is, and makes each page good for one message. The puzzle
costs a browser a third of a second, and more while very many come; see load. Who has no scripts is let in all the same.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django.core import signing

from sonnim.kernel import clock

SALT = "form-page"
SHORTEST_MS = 3_000
LONGEST_MS = 24 * 3600 * 1000
BITS = 15
"""Zeros that a solution's SHA-256 must begin with: about 33,000 tries, a third of a second on a phone of some years."""
MOST_BITS = 20
"""The hardest puzzle: ten seconds there, which pass while the form is being filled in."""
PATIENCE_BITS = 1
"""By how much a puzzle may be easier than what is asked now: its page was open while the load rose."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page of a form that was given out; `bits` is how hard its puzzle is."""

    nonce: str
    age_ms: int
    bits: int

    @property
    def too_soon(self) -> bool:
        return self.age_ms < SHORTEST_MS


def issue(form_id: int, *, bits: int = BITS) -> str:
    """The mark of a page that is given out now."""
    return signing.dumps([form_id, clock.now_ms(), secrets.token_hex(12), bits], salt=SALT)


def opened(mark: str, *, form_id: int) -> Opened | None:
    """The page that a mark was made for; None when it is none of ours, another form's, or a day old."""
    try:
        found, at, nonce, bits = signing.loads(mark[:300], salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    age = clock.now_ms() - at
    return Opened(nonce, age, bits) if found == form_id and -60_000 <= age <= LONGEST_MS else None


def is_solved(mark: str, solution: str, *, bits: int = BITS) -> bool:
    """Whether somebody has worked on the puzzle of this very page."""
    if not solution.isascii() or not solution.isdigit() or len(solution) > 12:
        return False
    digest = hashlib.sha256(f"{mark}:{solution}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - bits) == 0
