"""What becomes of the coach in a shop, as happenings of F08."""

from collections.abc import Callable

from sonnim.coaching import actions
from sonnim.coaching.actions.dismissing import Waved
from sonnim.coaching.rules import Wanted
from sonnim.coaching.shapes import TermObject
from tests.faults.town import Town


def _quieted(town: Town) -> None:
    for piece in ("네", "음", "어"):
        waved = Waved("curt", piece, "on_purpose")
        actions.dismiss_mark(agent=town.people.agent, conversation_id=town.waiting, waved=waved)


def _heard_again(town: Town) -> None:
    _quieted(town)
    actions.hear_again(agent=town.people.agent, rule="curt")


COACHED: dict[str, list[Callable[[Town], object]]] = {
    "coaching.actions.dismissing:dismiss_mark": [_quieted],
    "coaching.actions.dismissing:hear_again": [_heard_again],
    "coaching.actions.settings:change_rule": [
        lambda town: actions.change_rule(actor=town.owner, rule="curt", wanted=Wanted(strict=True))
    ],
    "coaching.actions.settings:save_glossary": [
        lambda town: actions.save_glossary(actor=town.owner, v=0, terms=[TermObject(term="CS", plain="고객 상담")])
    ],
}
