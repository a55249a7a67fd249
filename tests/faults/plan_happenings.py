"""What becomes of the service plan, as happenings of F08."""

from collections.abc import Callable

from sonnim.plan.document import actions
from sonnim.plan.document.schema import PlanDocument
from tests.faults.town import Town


def _published(town: Town) -> object:
    actions.begin_with_template(actor=town.owner, v=0)
    return actions.publish_plan(actor=town.owner, v=1, note="첫 계획서")


def _published_again(town: Town) -> object:
    _published(town)
    actions.save_plan_draft(actor=town.owner, v=1, document=PlanDocument(languages=["ko"]))
    return actions.publish_plan(actor=town.owner, v=2)


PLANNED: dict[str, list[Callable[[Town], object]]] = {
    "plan.document.actions:publish_plan": [_published, _published_again],
}
