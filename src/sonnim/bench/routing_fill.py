"""Run on a site: shops, agents and shoppers for the measurement of routing."""

import uuid


def shop(agents: int, *, capacity: int, shoppers: int) -> tuple[int, list[int], list[int]]:
    """A shop that gives out at once, to so many who are there; answers it, them, and the shoppers."""
    from django.core.management import call_command

    from sonnim.accounts.actions import create_shop
    from sonnim.accounts.callers import Actor
    from sonnim.accounts.models import Agent, User
    from sonnim.routing import actions, presence

    call_command("migrate", interactive=False, verbosity=0)
    name = uuid.uuid4().hex[:8]
    made = create_shop(
        name=name,
        locale="en",
        owner_email=f"{name}@example.test",
        owner_name="Bench",
        owner_password="measuring twice, cutting once",  # noqa: S106 - the database is gone in a minute
    )
    users = [User.objects.create(email=f"{name}{n}@example.test", name=f"Agent {n}") for n in range(agents)]
    people = [
        Agent.objects.create(shop=made.shop, user=user, name=user.name, role="agent", languages=["en"]).pk
        for user in users
    ]
    lines = dict.fromkeys(people, "online")
    presence.provide(lambda shop: lines)
    rules = {"mode": "direct", "live": min(capacity, 500)}
    actions.change_rules(actor=Actor(made.owner), changes=rules)
    return made.shop.pk, people, contacts(made.shop.pk, shoppers)


def contacts(shop: int, count: int) -> list[int]:
    """New shoppers."""
    from sonnim.contacts.models import Contact

    made = Contact.objects.bulk_create([Contact(shop_id=shop, locale="en") for _ in range(count)], batch_size=500)
    return [each.pk for each in made]


def hold(shop: int, people: list[int], contacts: list[int]) -> list[int]:
    """Each of these contacts has a conversation with somebody; answers the conversations."""
    from sonnim.conversations import deeds
    from sonnim.conversations.change import Change
    from sonnim.conversations.models import Conversation
    from sonnim.eventlog import log

    for start in range(0, len(contacts), 200):
        write(shop, contacts[start : start + 200])
    ids = list(Conversation.objects.filter(shop_id=shop).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 200):
        some = ids[start : start + 200]
        with log.unit(shop) as work, Change(work, expected_entries=len(some)) as change:
            change.load(some)
            for each in some:
                agent = people[each % len(people)]
                deeds.assign(change, change.get(shop, each), by=None, agent_id=agent, team_id=None)
    return ids


def write(shop: int, contacts: list[int]) -> None:
    """Each of these writes."""
    from sonnim.channels.registry import LIVE
    from sonnim.conversations.posting import Post, post_batch

    post_batch(
        [
            Post(shop, "contact", each, str(uuid.uuid4()), "Is anybody there?", channel=LIVE.kind, locale="en")
            for each in contacts
        ]
    )
