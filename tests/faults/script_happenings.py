"""What becomes of scripts, as happenings of F08."""

from collections.abc import Callable

from sonnim.plan.scripts import actions
from sonnim.plan.scripts.wanted import Text, Wanted
from tests.faults.town import Town

GREETING = Wanted(shortcut="안녕", title="인사", texts={"ko": [Text("{{contact.name|손님}}님!"), Text("반갑습니다.")]})


def _greeting(town: Town) -> int:
    return actions.create_canned_response(actor=town.owner, wanted=GREETING).pk


def _rewritten(town: Town) -> object:
    calm = Wanted(shortcut="안녕", title="차분히", texts={"ko": [Text("안녕하세요.")]}, stage="welcome")
    return actions.change_canned_response(actor=town.owner, canned_id=_greeting(town), wanted=calm)


def _brought(town: Town) -> object:
    _greeting(town)
    farewell = Wanted(shortcut="bye", title="Bye", texts={"en": [Text("Bye")]}, stage="farewell")
    return actions.import_scripts(actor=town.owner, wanted=[GREETING, farewell], replace=True)


SCRIPTED: dict[str, list[Callable[[Town], object]]] = {
    "plan.scripts.actions.sets:add_starter_set": [lambda town: actions.add_starter_set(actor=town.owner)],
    "plan.scripts.actions.sets:import_scripts": [_brought],
    "plan.scripts.actions.writing:change_canned_response": [_rewritten],
    "plan.scripts.actions.writing:create_canned_response": [_greeting],
    "plan.scripts.actions.writing:delete_canned_response": [
        lambda town: actions.delete_canned_response(actor=town.owner, canned_id=_greeting(town))
    ],
    "plan.scripts.actions.writing:keep_script": [_greeting],
    "plan.scripts.actions.writing:rewrite_script": [_rewritten],
}
