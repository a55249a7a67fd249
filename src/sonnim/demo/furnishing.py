"""What the demo's desk is furnished with: hours, tags, views, plan, glossary, a mailbox and forms that reach nobody."""

from typing import Any

from sonnim.accounts.callers import Actor
from sonnim.channels import registry
from sonnim.coaching.actions import save_glossary
from sonnim.contacts.actions.tags import create_tag
from sonnim.conversations.actions.views import create_view
from sonnim.demo.catalogue import read_content
from sonnim.demo.hours import hours_of, keep_hours
from sonnim.demo.people import staff
from sonnim.demo.planning import write_plan
from sonnim.plan.clocks.actions import save_policy

KINDS = {"chat": registry.LIVE.kind, "letter": registry.LETTERS.kind, "form": registry.FORMS.kind}
"""The channel behind each way of writing."""
USUAL: dict[str, Any] = {"active": True, "warn_percent": 70, "pauses": True}


def furnish(*, actor: Actor) -> dict[str, int]:
    """Set it all up; answers the tags by their keys."""
    registry.sample(KINDS["letter"]).furnish(actor=actor, content=staff().mailbox)
    registry.sample(KINDS["form"]).furnish(actor=actor, content=staff().forms)
    write_plan(actor=actor, hours=keep_hours(actor=actor), kinds=KINDS)
    save_glossary(actor=actor, v=0, terms=read_content("glossary.json"))
    tags = {each.key: create_tag(actor=actor, name=each.name, color=each.color)["id"] for each in staff().tags}
    for place, lens in enumerate(staff().views):
        wanted = {"tag": [tags[key] for key in lens.tags], "channel": [KINDS[via] for via in lens.via]}
        chosen = {name: values for name, values in wanted.items() if values}
        create_view(actor=actor, name=lens.name, filter=chosen, audience="shop", position=place)
    return tags


def promise(*, actor: Actor) -> None:
    """Give the store's word. Once all has been said: who has waited since long before makes no noise."""
    hours = hours_of(actor.shop_id)
    for each in staff().promises:
        fits = {"channels": [KINDS[via] for via in each.via]}
        values = {"name": each.name, "fits": fits, "targets": each.targets, "stages": each.stages}
        save_policy(actor=actor, values=USUAL | values | {"calendar_id": hours[each.hours] if each.hours else None})
