"""The new words of a mail are found, in whatever language and program it was answered."""

from pathlib import Path

import pytest

from sonnim.letters.reply import split_reply


def cases() -> list[tuple[str, str, str]]:
    """Name, the whole mail, and the part that its writer wrote."""
    found = []
    for block in Path(__file__).with_name("replies.txt").read_text("utf-8").split("### ")[1:]:
        name, _, rest = block.partition("\n")
        above, _, below = rest.partition("\n--- ")
        kind, _, quoted = below.partition("\n")
        whole = f"{above}\n\n{quoted}".strip("\n")
        reply = above
        if kind.startswith("cut-from "):
            reply = above[: above.index(kind.removeprefix("cut-from "))]
        elif kind == "bottom":
            reply = above.rsplit("\n\n", 1)[1]
        found.append((name, whole, reply.strip()))
    return found


@pytest.mark.parametrize(("name", "whole", "reply"), cases(), ids=[case[0] for case in cases()])
def test_what_was_written_is_shown_and_the_rest_is_folded(name: str, whole: str, reply: str) -> None:
    assert split_reply(whole).reply == reply


@pytest.mark.parametrize(("name", "whole", "reply"), cases(), ids=[case[0] for case in cases()])
def test_no_word_is_lost_between_the_two_parts(name: str, whole: str, reply: str) -> None:
    found = split_reply(whole)
    assert sorted(f"{found.reply} {found.quoted}".split()) == sorted(whole.split())
