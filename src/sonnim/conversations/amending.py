"""Lines of a timeline that change after they were written: read under the lock, saved, and published whole."""

from typing import Any

import msgspec

from sonnim.conversations import search
from sonnim.conversations.change import ENTRY_COLUMNS, Change, EntryRow
from sonnim.conversations.models import Revision
from sonnim.conversations.state import State
from sonnim.kernel import clock
from sonnim.kernel.errors import NotFound
from sonnim.kernel.text import preview

_json = msgspec.json.Encoder()
MAX_REVISIONS = 100


class Line(msgspec.Struct):
    """An entry as its row has it, in the order of `change.ENTRY_COLUMNS`."""

    id: int
    conversation_id: int
    seq: int
    kind: str
    author_kind: str
    author_id: int | None
    client_id: str | None
    text: str
    attachments: str
    data: str
    at: int
    v: int
    edited_at: int | None
    hidden: str
    delivery: str
    shop_id: int
    digest: str
    public: bool

    def wording(self) -> str:
        """What a list shows of it: the text, or the names of the files."""
        return self.text or named(self.attachments)


def named(attachments: str) -> str:
    """The names of an entry's files, given as the row has them."""
    return ", ".join(str(file["name"]) for file in msgspec.json.decode(attachments))


def line_of(change: Change, about: State, seq: int, *, events: bool = False) -> Line:
    """A message or a note of a conversation that the change holds.

    Args:
        events: also what somebody said in an event: a question, its answer, a word on whether it was solved.

    Raises:
        NotFound: nobody wrote anything there.
    """
    change.cursor.execute(
        f"SELECT {', '.join(ENTRY_COLUMNS)} FROM conversations_entry "  # noqa: S608
        "WHERE conversation_id = %s AND seq = %s",
        [about.id, seq if 0 < seq < 2**31 else 0],
    )
    row = change.cursor.fetchone()
    found = Line(*row) if row is not None else None
    if found is None or (found.kind == "event" and not (events and (found.text or found.hidden))):
        raise NotFound("There is no such message.")
    found.public = bool(found.public)
    return found


def wordings_of(line: Line) -> list[str]:
    """All that the line says and has said."""
    return [line.wording(), *Revision.objects.filter(entry_id=line.id).values_list("text", flat=True)]


def keep_wording(change: Change, line: Line, *, by: int) -> None:
    """Put the present wording among the former ones."""
    n = Revision.objects.filter(entry_id=line.id).count() + 1
    Revision.objects.create(
        entry_id=line.id, n=n, text=line.text, data=line.data, by_id=by, at=clock.from_ms(change.at)
    )


def save_line(change: Change, about: State, line: Line) -> EntryRow:
    """Write the line as it is now; its version is that of the event that must tell of it next, by `change.record`."""
    line.v = change.upcoming(about)
    search.forget_entry(change.cursor, line.id)
    change.cursor.execute(
        "UPDATE conversations_entry SET text = %s, attachments = %s, data = %s, v = %s, edited_at = %s, hidden = %s, "
        "delivery = %s, digest = %s WHERE id = %s",
        [
            *(line.text, line.attachments, line.data, line.v, line.edited_at, line.hidden),
            *(line.delivery, line.digest, line.id),
        ],
    )
    if not line.hidden:
        search.index_entry(change.cursor, line.id)
    return msgspec.structs.astuple(line)


def hide(change: Change, line: Line, why: str, *, by: int) -> None:
    """Take the wording out of the line: who did it and when is all that stays. Save it afterwards.

    An empty digest says that whoever sends the same message again is told that it has arrived. An event still says
    what happened.
    """
    line.text, line.attachments, line.digest = "", "[]", ""
    what = {**data_of(line), "hidden_by": by} if line.kind == "event" else {"by": by}
    line.data = _json.encode(what).decode()
    line.hidden, line.edited_at = why, change.at


def is_last_words(change: Change, about: State, line: Line) -> bool:
    """Whether lists show this line for the conversation."""
    if line.kind != "message":
        return False
    change.cursor.execute(
        "SELECT max(seq) FROM conversations_entry WHERE conversation_id = %s AND kind = 'message' AND hidden = ''",
        [about.id],
    )
    return bool(change.cursor.fetchone()[0] == line.seq)


def show_words(about: State, line: Line) -> None:
    """Let lists show this line's wording."""
    about.last_text = preview(line.wording())


def data_of(line: Line) -> dict[str, Any]:
    """The line's data, decoded."""
    return dict(msgspec.json.decode(line.data))
