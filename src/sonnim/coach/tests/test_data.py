"""The languages know the same topics and say the same things, and every file is read by something."""

import re

import pytest
from tests.architecture.tree import texts

from sonnim.coach.languages.registry import PACKS
from sonnim.coach.registry import INSTEAD_OF, RULES
from sonnim.coach.tests.examples import FOLDER, LANGUAGES

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
SOURCE = "src/sonnim/coach/"


def stems(lang: str, kind: str) -> set[str]:
    return {path.stem for path in (PACKS[lang].folder / kind).glob("*.json")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_topic_compiles_and_finds_nothing_in_nothing(lang: str) -> None:
    found = {name: PACKS[lang].topic(name).spans("") for name in stems(lang, "lexicon")}
    assert found
    assert [name for name, spans in found.items() if spans] == []


def code(*folders: str) -> str:
    """The Python of the coach, or of some of its places."""
    places = tuple(f"{SOURCE}{folder}" for folder in folders or ("",))
    found = texts(lambda path: path.startswith(places) and path.endswith(".py") and "/tests/" not in path)
    return "\n".join(found.values())


def named(text: str) -> set[str]:
    every: set[str] = set().union(*(stems(lang, "lexicon") for lang in LANGUAGES))
    return set(re.findall(r'"([a-z_]+)"', text)) & every


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_topic_that_all_languages_are_asked_for_is_in_each(lang: str) -> None:
    asked = named(code("rules/", "reading.py", "passage.py", "languages/pack.py"))
    assert asked
    assert asked - stems(lang, "lexicon") == set()


def test_every_topic_is_used() -> None:
    unused = [(lang, name) for lang in LANGUAGES for name in stems(lang, "lexicon") if name not in named(code())]
    assert unused == []


@pytest.mark.parametrize("rule", RULES)
def test_the_words_of_a_rule_have_the_same_keys_and_placeholders_everywhere(rule: str) -> None:
    english = PACKS["en"].words(rule)
    assert "why" in english or any(key.startswith("why") for key in english)
    for lang in LANGUAGES:
        words = PACKS[lang].words(rule)
        assert words.keys() == english.keys()
        for key, text in words.items():
            assert set(_PLACEHOLDER.findall(text)) == set(_PLACEHOLDER.findall(english[key]))
            assert text.strip()


def test_all_files_belong_to_a_rule() -> None:
    known = set(RULES)
    assert {path.name.split(".")[0] for path in FOLDER.glob("*.json")} <= known
    assert [(lang, name) for lang in LANGUAGES for name in stems(lang, "words") if name not in known] == []
    assert len(set(RULES)) == len(RULES)


def test_what_gives_way_to_another_rule_names_rules_in_their_form() -> None:
    named = {*INSTEAD_OF, *(other for others in INSTEAD_OF.values() for other in others)}
    assert [name for name in named if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
