"""What a form may be made of, and what may be written into one."""

from typing import Any

import pytest

from sonnim.channels.kinds.webform import rules, words
from sonnim.channels.kinds.webform.rules import Field, Upload, checked_fields, checked_texts, read_answers
from sonnim.kernel.errors import Invalid

LABEL = {"en": "Question"}
CHOICES = [{"id": "a", "labels": LABEL}]


def one(**changes: Any) -> dict[str, Any]:
    return {"id": "q", "type": "text", "labels": LABEL, **changes}


@pytest.mark.parametrize(
    "wanted",
    [
        [],
        [one(), one()],
        [one(id=f"q{n}") for n in range(26)],
        [one(id="Q")],
        [one(id="a-b")],
        [one(id="mark")],
        [one(type="password")],
        [one(labels={})],
        [one(labels={"en": "  "})],
        [one(labels={"fr": "Question"})],
        [one(labels={"en": "x" * 161})],
        [one(max=0)],
        [one(type="choice")],
        [one(choices=CHOICES)],
        [one(type="choice", choices=CHOICES * 2)],
        [one(type="email"), one(id="r", type="email")],
        [one(pattern="(a+)+$")],
        {"id": "q"},
        "fields",
    ],
)
def test_a_form_of_what_no_form_has_is_refused(wanted: object) -> None:
    with pytest.raises(Invalid):
        checked_fields(wanted)


def test_labels_are_tidied_and_empty_ones_dropped() -> None:
    [field] = checked_fields([one(labels={"ko": " 질문\r\nBcc: x ", "zh": " "}, help={"en": ""})])
    assert field.labels == {"ko": "질문 Bcc: x"}
    assert field.help == {}


@pytest.mark.parametrize(
    "texts", [{}, {"title": {"en": " "}}, {"title": {"en": "x" * 121}}, {"title": LABEL, "css": LABEL}]
)
def test_a_form_needs_a_title_and_says_nothing_else_than_texts(texts: dict[str, dict[str, str]]) -> None:
    with pytest.raises(Invalid):
        checked_texts(texts)


def test_every_template_is_a_form_in_three_languages() -> None:
    kinds = []
    for template in words.templates():
        kinds.append(template["kind"])
        for field in checked_fields(template["fields"]):
            assert set(field.labels) == {"ko", "zh", "en"}
            assert all(set(choice.labels) == {"ko", "zh", "en"} for choice in field.choices)
        assert checked_texts(template["texts"]) == template["texts"]
    assert kinds == ["contact", "claim", "product", "callback", "order"]


def answers(kind: str, value: str, *, required: bool = True, max: int | None = None) -> rules.Answers:
    field = checked_fields([one(type=kind, required=required, max=max, choices=CHOICES if kind == "choice" else [])])
    return read_answers(field, {"q": value}, {}, file_bytes=10)


@pytest.mark.parametrize(
    ("kind", "value", "wrong"),
    [
        ("text", "", "missing"),
        ("text", " \u2028 ", "missing"),
        ("text", "x" * 301, "long"),
        ("consent", "", "consent"),
        ("consent", "on", "consent"),
        ("choice", "", "choice_missing"),
        ("choice", "b", "choice"),
        ("date", "2026-02-30", "date"),
        ("date", "0001-01-01", "date"),
        ("date", "tomorrow", "date"),
        ("date", "20261122", "date"),
        ("date", "2026-W47-7", "date"),
        ("email", "jiwoo", "email"),
        ("email", "a@b.test, c@d.test", "email"),
        ("email", "jiwoo@shop.test\r\nBcc: all@shop.test", "email"),
        ("phone", "call me", "phone"),
    ],
)
def test_what_does_not_fit_a_field_is_named(kind: str, value: str, wrong: str) -> None:
    assert answers(kind, value).wrong == {"q": wrong}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "백자 달항아리"),
        ("long", "one\ntwo"),
        ("consent", "yes"),
        ("choice", "a"),
        ("date", "2026-11-22"),
        ("email", "Jiwoo+a@shop.test"),
        ("phone", "+82 (0)10-1234-5678"),
    ],
)
def test_what_fits_is_taken_as_it_is(kind: str, value: str) -> None:
    found = answers(kind, value)
    assert (found.values, found.wrong) == ({"q": value}, {})


def test_what_need_not_be_said_may_be_left_out() -> None:
    kinds = set(rules.LONGEST) | {"choice", "consent", "file"}
    assert all(answers(kind, "", required=False).wrong == {} for kind in kinds)


def test_a_form_may_ask_for_less_but_never_for_more() -> None:
    assert answers("long", "x" * 11, max=10).wrong == {"q": "long"}
    assert answers("text", "x" * 301, max=20_000).wrong == {"q": "long"}


def test_a_line_break_in_a_line_becomes_a_blank() -> None:
    assert answers("name", "Kim\r\nBcc: all@shop.test").values == {"q": "Kim Bcc: all@shop.test"}
    assert answers("long", "one\r\ntwo\x07").values == {"q": "one\ntwo"}


@pytest.mark.parametrize(
    ("uploads", "wrong"),
    [([], "file_missing"), ([("a", 1)] * 3, "files_many"), ([("a", 11)], "file_large"), ([("a", 10)], "")],
)
def test_files_are_counted_and_weighed(uploads: list[tuple[str, int]], wrong: str) -> None:
    fields = checked_fields([one(type="file", required=True, max=2)])
    found = read_answers(fields, {}, {"q": [Upload(*each) for each in uploads]}, file_bytes=10)
    assert found.wrong.get("q", "") == wrong


def test_a_card_has_a_row_for_everything_that_was_said() -> None:
    fields = checked_fields(
        [
            one(id="name", type="name", labels={"ko": "이름", "en": "Name"}),
            one(id="topic", type="choice", choices=[{"id": "a", "labels": {"ko": "배송", "en": "Delivery"}}]),
            one(id="order", type="order", labels={"en": "Order"}),
            one(id="ok", type="consent", labels={"ko": "동의", "en": "Consent"}),
            one(id="said", type="long", labels={"ko": "내용", "en": "Message"}),
        ]
    )
    given = {"name": "지우", "topic": "a", "ok": "yes", "said": "언제\n오나요?", "other": "x"}
    found = read_answers(fields, given, {}, file_bytes=10)
    rows = rules.card(fields, found)
    assert [row["type"] for row in rows] == ["name", "choice", "consent", "long"]
    assert rows[1]["value"] == {"ko": "배송", "en": "Delivery"}
    assert rules.plain(fields, found, "ko", yes="예") == "이름: 지우\nQuestion: 배송\n동의: 예\n내용:\n언제\n오나요?"


def test_a_label_is_said_in_the_nearest_language() -> None:
    assert rules.said({"ko": "이름", "en": "Name"}, "zh", "ko") == "이름"
    assert rules.said({"zh": "姓名"}, "en", "ko") == "姓名"
    assert rules.said({}, "en") == ""


def test_a_field_of_files_takes_at_most_ten() -> None:
    assert Field("q", "file", LABEL).longest == 10
    assert Field("q", "file", LABEL, max=3).longest == 3
