"""What shoppers said when they were asked whether it was solved, with the conversation as it was then."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import msgspec

from sonnim.conversations.models import Entry

_SIGN = '"what":"solved"'
_PIECE = 200


class Answered(NamedTuple):
    """The last answer to the question; `turns` are who spoke and what they said before it."""

    conversation_id: int
    turns: list[tuple[str, str]]
    solved: bool


class _Answer(msgspec.Struct):
    what: str
    solved: bool


def answered(*, shop_id: int | None = None) -> Iterator[Answered]:
    """Every conversation of which a shopper said so, the oldest first; of one shop, or of all.

    It reads all that happened, since a conversation that is settled anew forgets what was said of it. That is for
    commands, not for pages.
    """
    happened = Entry.objects.filter(kind="event", author_kind="contact", data__contains=_SIGN)
    if shop_id is not None:
        happened = happened.filter(shop_id=shop_id)
    last = {
        about: (seq, answer.solved)
        for about, seq, data in happened.order_by("conversation_id", "seq").values_list(
            "conversation_id", "seq", "data"
        )
        if (answer := msgspec.json.decode(data, type=_Answer)).what == "solved"
    }
    about = iter(last)
    while piece := list(islice(about, _PIECE)):
        yield from _with_turns({each: last[each] for each in piece})


def _with_turns(answers: Mapping[int, tuple[int, bool]]) -> Iterator[Answered]:
    said = Entry.objects.filter(conversation_id__in=answers, kind="message", public=True, hidden="")
    turns: dict[int, list[tuple[str, str]]] = {each: [] for each in answers}
    fields = ("conversation_id", "seq", "author_kind", "text")
    for about, seq, author, text in said.order_by("conversation_id", "seq").values_list(*fields):
        if seq < answers[about][0]:
            turns[about].append(("customer" if author == "contact" else "agent", text))
    for each, (_, solved) in answers.items():
        if turns[each]:
            yield Answered(each, turns[each], solved)
