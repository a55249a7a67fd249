"""What macros do, as happenings of F08; rules do the same after the commit that sets them off."""

from collections.abc import Callable

from sonnim.automation import actions
from tests.faults.town import Town


def _macro(town: Town) -> None:
    steps = [{"do": "priority", "priority": 3}, {"do": "note", "text": "끝"}, {"do": "resolve"}]
    macro = actions.save_macro(actor=town.owner, name="Done", steps=steps, canned_id=None)
    actions.run_macro(actor=town.agent, macro_id=macro.pk, conversation_ids=[town.waiting])


RULED: dict[str, list[Callable[[Town], object]]] = {"automation.actions.macros:run_macro": [_macro]}
