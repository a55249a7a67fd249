"""Rich text says in its plain form what it says, lets nothing harmful through, and is the same after any journey."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonnim.conversations import rich
from sonnim.conversations.rich import Break, Bullets, Code, Document, Mention, Numbers, Paragraph, Quote, Text
from sonnim.kernel.errors import Invalid, TextInvalid

CASES = Path(__file__).parents[4] / "web/protocol/tests/rich.json"  # the browser reads the same documents

words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20)
links = st.sampled_from(["", "", "https://ongi.example/a?b=1", "mailto:help@ongi.example", "tel:+8223456789"])
texts = st.builds(
    Text, words, bold=st.booleans(), italic=st.booleans(), strike=st.booleans(), code=st.booleans(), link=links
)
mentions = st.builds(Mention, st.integers(1, 99), words.filter(lambda name: bool(name.strip())))
runs = st.lists(st.one_of(texts, st.builds(Break), mentions), max_size=6).map(tuple)
items = st.lists(runs, min_size=1, max_size=4).map(tuple)
blocks = st.one_of(
    st.builds(Paragraph, runs),
    st.builds(Quote, runs),
    st.builds(Bullets, items),
    st.builds(Numbers, items),
    st.builds(Code, words),
)
documents = st.lists(blocks, max_size=8).map(tuple)


def letters(text: str) -> str:
    return "".join(re.findall(r"\w", text))


@given(documents)
def test_a_document_is_the_same_after_the_wire(document: Document) -> None:
    wire = msgspec.json.encode(rich.as_json(document))
    assert rich.read(msgspec.json.decode(wire)) == document


@given(documents)
def test_checking_what_was_checked_changes_nothing(document: Document) -> None:
    text, tidy = rich.checked(document, may_mention=True, may_be_empty=True)
    assert text == rich.plain(document)
    if tidy:
        assert rich.checked(tidy, may_mention=True, may_be_empty=True) == (text, tidy)


@given(documents)
def test_every_word_of_a_document_is_in_its_plain_form_and_in_its_markdown(document: Document) -> None:
    said = [run.text for block in document for line in rich._lines_of(block) for run in line if isinstance(run, Text)]
    for form in (rich.plain(document), rich.markdown(document)):
        rest = letters(form)
        for each in said:
            assert letters(each) in rest


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], include_characters="\n"), max_size=200))
def test_a_plain_text_becomes_a_document_and_the_same_text_again(text: str) -> None:
    document = rich.from_plain(text)
    assert rich.plain(document) == text
    assert rich.checked(document, may_be_empty=True) == (text, ())


@given(words)
def test_nothing_that_people_type_acts_as_a_mark_in_markdown(text: str) -> None:
    written = rich.markdown((Paragraph((Text(text),)),))
    assert re.sub(r"\\([\\`*_{}\[\]<>()#+\-.!|~&])", r"\1", written) == text
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>~]", written)


@pytest.mark.parametrize("case", json.loads(CASES.read_text("utf-8")))
def test_a_document_reads_the_same_in_characters_alone_here_and_in_the_browser(case: dict[str, Any]) -> None:
    assert rich.plain(rich.read(case["document"])) == case["plain"]


def test_a_note_tells_who_is_called_each_once_and_in_order() -> None:
    line = (Mention(7, "윤서연"), Text(" "), Mention(3, "林浩然"), Mention(7, "서연"))
    assert rich.mentioned((Paragraph(line), Bullets((line,)))) == (7, 3)


def test_marks_become_markdown_around_the_words_and_not_around_their_spaces() -> None:
    document = (
        Paragraph((Text("so "), Text("bold ", bold=True), Text("both", bold=True, italic=True))),
        Paragraph((Text("a`b", code=True), Text(" "), Text("[x]", link="https://ongi.example/(1)"))),
        Code("```"),
    )
    assert rich.markdown(document) == (
        "so **bold** **_both_**\n\n``a`b`` [\\[x\\]](<https://ongi.example/(1)>)\n\n````\n```\n````"
    )


def test_runs_that_look_the_same_are_joined_and_empty_ones_left_out() -> None:
    document = (Paragraph((Text("a", bold=True), Text("", italic=True), Text("b", bold=True))),)
    assert rich.checked(document) == ("ab", (Paragraph((Text("ab", bold=True),)),))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://ongi.example",
        "data:text/html,x",
        "vbscript:x",
        "//ongi.example",
        "/relative",
        "https://",
        "https://ongi.example/\nx",
        'https://ongi.example/"onclick',
        "https://ongi.example/\u202egpj.exe",
        "mailto:",
        "tel:abc",
        "file:///etc/passwd",
        "https://" + "a" * rich.MAX_LINK,
        "blob:https://ongi.example/1",
    ],
)
def test_a_link_to_anything_else_than_pages_mail_and_telephones_is_refused(address: str) -> None:
    assert not rich.safe_link(address)
    with pytest.raises(Invalid):
        rich.checked((Paragraph((Text("here", link=address),)),))


@pytest.mark.parametrize(
    "address", ["http://a", "HTTPS://온기.example/찻잔?q=1#x", "mailto:a@b.example", "tel:+82-2-345"]
)
def test_links_to_pages_mail_and_telephones_pass(address: str) -> None:
    assert rich.checked((Paragraph((Text("here", link=address),)),))[1]


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        "text",
        [{"type": "html", "text": "<b>x</b>"}],
        [{"type": "paragraph", "content": [{"type": "text", "text": "x", "style": "color:red"}]}],
        [{"type": "paragraph", "content": [{"type": "text", "text": 5}]}],
        [{"type": "paragraph", "content": [{"type": "paragraph", "content": []}]}],
        [{"type": "bullets", "items": [[[]]]}],
        [{"type": "mention", "agent_id": 1, "name": "x"}],
    ],
)
def test_another_shape_is_refused(value: Any) -> None:
    with pytest.raises(Invalid):
        rich.read(value)


@pytest.mark.parametrize("end", ["\n", "\r", "\u2028", "\x85"])
def test_a_line_ends_by_a_break_and_not_inside_a_run(end: str) -> None:
    with pytest.raises(Invalid):
        rich.checked((Paragraph((Text(f"a{end}b"),)),))


def test_a_shopper_is_never_sent_the_call_for_a_colleague() -> None:
    with pytest.raises(Invalid):
        rich.checked((Paragraph((Mention(7, "윤서연"),)),))
    assert rich.checked((Paragraph((Mention(7, "윤서연"),)),), may_mention=True)[0] == "@윤서연"


def test_a_document_has_its_limits() -> None:
    with pytest.raises(Invalid):
        rich.checked((Paragraph((Text("x"),)),) * (rich.MAX_BLOCKS + 1))
    with pytest.raises(Invalid):
        rich.checked((Bullets(((),) * (rich.MAX_RUNS + 1)),))
    with pytest.raises(Invalid):
        rich.checked((Paragraph((Mention(7, "x"),) * (rich.MAX_MENTIONS + 1)),), may_mention=True)
    with pytest.raises(TextInvalid):
        rich.checked((Paragraph((Text("x" * 20_001, bold=True),)),))
    with pytest.raises(TextInvalid):
        rich.checked((Paragraph((Text("  ", bold=True),)),))
    with pytest.raises(TextInvalid):
        rich.checked((Code("\x00"),))
