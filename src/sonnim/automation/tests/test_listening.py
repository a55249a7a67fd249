"""However many rules listen, those are set off whose conditions hold: what saves time changes nothing."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sonnim.automation import conditions, listening
from sonnim.automation.compiling import Force, compile_rule
from sonnim.automation.conditions import Facts, Was
from sonnim.automation.rules import Condition, If, Message, Wording
from sonnim.automation.tests.test_conditions import state

WORDS = ("환불", "refund", "STRASSE", "straße", "퇴", "発", "a.b", "  ", "İ")
CONDITIONS = st.one_of(
    st.builds(Condition, st.just("channel"), st.lists(st.sampled_from(["chat", "mail"]), min_size=1), st.just("is")),
    st.builds(Condition, st.just("assignee"), st.lists(st.sampled_from([7, None]), min_size=1), st.just("not")),
    st.builds(Condition, st.just("tag"), st.lists(st.integers(1, 3), min_size=1), st.sampled_from(["is", "not"])),
    st.builds(Condition, st.just("first"), st.just(["yes"]), st.just("is")),
    st.builds(Condition, st.just("hours"), st.just(["open"]), st.just("is")),
    st.builds(
        Condition, st.sampled_from(["text", "subject"]), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
        st.sampled_from(["contains", "lacks"]),
    ),
    st.builds(
        Condition, st.just("text"),
        st.lists(st.sampled_from(["*refund*", "?efund*", "*", "**", "환불", " *환?* ", "*straße*"]), min_size=1),
        st.just("wildcard"),
    ),
    st.builds(
        Condition, st.just("text"),
        st.lists(st.sampled_from([r"re(fund|turn)", r"\d{3}", "^환", "(?i)İ", "a.b$"]), min_size=1, max_size=2),
        st.just("regex"),
    ),
)  # fmt: skip
ASKED = st.builds(If, all=st.lists(CONDITIONS, max_size=3), any=st.lists(CONDITIONS, max_size=3))
TEXTS = st.lists(st.sampled_from([*WORDS, "123", "REFUND", "Return", "\n", " "]), max_size=4).map("".join)


def facts_of(text: str, tags: list[int], *, channel: str = "chat", first: bool = False, opened: bool = True) -> Facts:
    about = state(channel=channel, tag_ids=msgspec.json.encode(tags).decode())
    return Facts(about, was=Was(), text=text, first=first, is_open=lambda: opened)


@given(
    asked=st.lists(ASKED, max_size=6),
    seen=st.lists(
        st.builds(
            facts_of, TEXTS, st.lists(st.integers(1, 3), max_size=2), channel=st.sampled_from(["chat", "mail"]),
            first=st.booleans(), opened=st.booleans(),
        ),
        min_size=1, max_size=4,
    ),
)  # fmt: skip
def test_those_are_set_off_whose_conditions_hold(asked: list[If], seen: list[Facts]) -> None:
    rules = [
        compile_rule(number, "", Wording(when=[Message(by="any")], if_=each, then=[]))
        for number, each in enumerate(asked)
    ]
    force = Force(1, rules)
    for facts in (*seen, *seen):  # the second time by what was worked out
        expected = [number for number, each in enumerate(asked) if conditions.compiled(each)(facts)]
        assert [rule for rule, _ in force.matching(["message:contact"], facts)] == expected


def test_ever_new_values_do_not_fill_the_memory() -> None:
    asked = If(all=[Condition("tag", [1])])
    ears = [listening.Ear(0, None, conditions.parts(asked))]
    found = listening.Listeners(ears)
    for number in range(listening.MAX_CELLS + 10):
        assert any(found.heard(facts_of("", [number]))) == (number == 1)
    assert len(found._cells) <= listening.MAX_CELLS
