"""What must happen within the change itself: the clocks that it starts and stops, the rules that it meets.

Everything else reacts after the commit. What attends a change costs every message, so it computes and collects; it asks
the database at most once for a shop and transaction, and it never refuses what is being written.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.db.backends.utils import CursorWrapper

from sonnim.conversations.state import State
from sonnim.eventlog.log import Unit


class Attendant(Protocol):
    """Looks on at one shop's changes within one transaction."""

    def turn(self, about: State, type: str, entries: Sequence[tuple[Any, ...]], at: int) -> None:
        """A conversation's new state is about to be published; its clocks, due instant and rank may still be set.

        Args:
            type: of the event.
            entries: the lines it brings, as change.ENTRY_COLUMNS.
            at: the transaction's instant in milliseconds.
        """

    def end(self, work: Unit) -> None:
        """All is recorded: write what was collected."""


Post = Callable[[CursorWrapper, int], Attendant | None]
"""Who attends a shop's changes; None where there is nothing to do."""

_posts: list[Post] = []


def join(post: Post) -> None:
    """Have these attend every change, in every process; after those who came before. For an app's `ready`."""
    if post not in _posts:
        _posts.append(post)


def on(cursor: CursorWrapper, shop_id: int) -> list[Attendant]:
    """Those who attend this shop's changes in this transaction."""
    return [found for post in _posts if (found := post(cursor, shop_id)) is not None]
