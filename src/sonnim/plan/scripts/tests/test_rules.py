"""Canned responses name known variables alone, and are called by one word."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sonnim.conversations.rich import Bullets, Code, Mention, Paragraph, Text, from_plain
from sonnim.kernel.errors import Invalid
from sonnim.plan.scripts import rules


@pytest.mark.parametrize(
    "text",
    [
        "안녕하세요",
        "{{contact.name}}님, 안녕하세요",
        "{{ contact.name | 손님 }}",
        "{{contact.name|}}",
        "{{contact.attributes.등급|일반}} / {{agent.name}} / {{shop.name}} / {{conversation.id}}",
        "one { brace } and another }{",
    ],
)
def test_known_variables_and_lonely_braces_pass(text: str) -> None:
    rules.check_variables(from_plain(text))


@pytest.mark.parametrize(
    "text",
    [
        "{{contact.password}}",
        "{{contact.attributes.}}",
        "{{contact.name.__class__}}",
        "{{ 7*7 }}",
        "{{config}}",
        "{{contact.name",
        "contact.name}}",
        "{{}}",
        "{{contact name}}",
        "{{{{contact.name}}}}",
        "{{contact.name|{{agent.name}}}}",
        "{% debug %} {{ x",
    ],
)
def test_everything_else_between_double_braces_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.check_variables(from_plain(text))


def test_a_variable_is_looked_for_in_every_part_of_a_document() -> None:
    for block in (Code("{{x}}"), Bullets(((Text("a"),), (Text("{{x}}", bold=True),)))):
        with pytest.raises(Invalid):
            rules.check_variables((Paragraph((Mention(1, "x"),)), block))


@given(st.text(max_size=60))
def test_whatever_passes_has_no_double_braces_but_those_of_variables(text: str) -> None:
    try:
        rules.check_variables(from_plain(text))
    except Invalid:
        return
    assert "{{" not in text or "contact." in text or "agent." in text or "shop." in text or "conversation." in text


def test_a_shortcut_is_one_word_without_capitals() -> None:
    assert [rules.check_shortcut(word) for word in ("Hello", "환불", "退款", "re-send_2")] == [
        "hello", "환불", "退款", "re-send_2"
    ]  # fmt: skip
    for word in ("", "two words", "/hello", "a" * 41, "a\nb", "a\x00", "<b>", "{{x}}", "@you", "\u202ea"):
        with pytest.raises(Invalid):
            rules.check_shortcut(word)


def test_a_shortcut_is_the_same_however_its_letters_were_put_together() -> None:
    apart = unicodedata.normalize("NFD", "환불")
    assert apart != "환불"
    assert rules.check_shortcut(apart) == "환불"
    with pytest.raises(Invalid):
        rules.check_shortcut("İ" * 40)  # in small letters it has twice as many
