"""The demo store's service plan: the one for online stores, with the limits and answers that this store has given."""

from collections.abc import Mapping
from typing import Any

from sonnim.accounts.callers import Actor
from sonnim.demo.catalogue import read_content
from sonnim.demo.people import staff
from sonnim.plan.document.actions import publish_plan, save_plan_draft
from sonnim.plan.document.parts import Said
from sonnim.plan.document.schema import PlanChannel, PlanConcession, PlanDocument
from sonnim.plan.document.template import starting_plan


def write_plan(*, actor: Actor, hours: Mapping[str, int], kinds: Mapping[str, str]) -> None:
    """Publish it, as the first version.

    Args:
        hours: calendars by their keys.
        kinds: the channel behind each way of writing.
    """
    draft = save_plan_draft(actor=actor, v=0, document=_document(hours, kinds))
    publish_plan(actor=actor, v=draft.v)


def _document(hours: Mapping[str, int], kinds: Mapping[str, str]) -> PlanDocument:
    start, own = starting_plan(), read_content("plan.json")
    answers, days = own["answers"], own["returns"]
    return start.model_copy(
        update={
            "concessions": [_limited(each) for each in start.concessions],
            "information": [
                row.model_copy(update={"answer": Said(**answers[row.id])}) if row.id in answers else row
                for row in start.information
            ],
            "returns": [
                row.model_copy(update={"days": days[row.id]}) if row.id in days else row for row in start.returns
            ],
            "channels": [*(_channel(each, hours, kinds) for each in own["channels"]), *start.channels],
        }
    )


def _channel(row: dict[str, Any], hours: Mapping[str, int], kinds: Mapping[str, str]) -> PlanChannel:
    return PlanChannel(
        id=row["id"],
        channel=kinds[row["via"]],
        calendar_id=hours[row["hours"]] if "hours" in row else None,
        promise=Said(**row["promise"]),
        note=Said(**row["note"]),
    )


def _limited(entry: PlanConcession) -> PlanConcession:
    own = staff().limits.get(entry.id, {})
    limits = [
        limit.model_copy(update={"value": own[limit.role], "currency": "KRW" if limit.measure == "amount" else ""})
        if limit.role in own
        else limit
        for limit in entry.limits
    ]
    return entry.model_copy(update={"limits": limits})
