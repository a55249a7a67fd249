"""Creates and removes the demo: a shop with its people, and everything that hangs on it."""

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from sonnim.accounts.actions import (
    add_agent,
    change_settings,
    create_shop,
    create_team,
    create_user,
    remove_shop,
    rotate_identity_secret,
    set_availability,
)
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent, Shop, User
from sonnim.contacts.models import Contact
from sonnim.conversations.models import Conversation
from sonnim.demo.furnishing import furnish, promise
from sonnim.demo.history import Playback
from sonnim.demo.people import Colleague, canned, staff, talks
from sonnim.demo.pictures import delete_files
from sonnim.demo.remembering import remember
from sonnim.demo.sign_in import new_passphrase, sign_in_file, write_sign_in
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.plan.scripts.actions import add_starter_set, create_canned_response
from sonnim.search import index

OPENED_AGO = timedelta(days=45)


class DemoSummary(NamedTuple):
    """The demo as it stands. `created` tells whether this call made it."""

    created: bool
    shop_id: int
    public_key: str
    agents: int
    contacts: int
    conversations: int
    sign_in: Path


class RemovedSummary(NamedTuple):
    """What was taken away; all zero when there was nothing."""

    shops: int
    people: int
    conversations: int
    files: int


def ensure_demo() -> DemoSummary:
    """Make the demo unless it is there; what a broken-off call left behind is replaced.

    Its conversations come in one transaction, so a demo shop with conversations is a whole one.
    """
    shop = Shop.objects.filter(is_demo=True).order_by("pk").first()
    if shop is not None and Conversation.objects.filter(shop=shop).exists():
        if not sign_in_file().exists():
            _renew_passphrase(shop)
        return _summary(shop, created=False)
    remove_demo()
    try:
        return _summary(_create(), created=True)
    except BaseException:
        remove_demo()
        raise


def remove_demo() -> RemovedSummary:
    """Take away every row and every file of the demo, and the people who work nowhere else."""
    people = User.objects.count()
    shops = conversations = files = 0
    for shop in Shop.objects.filter(is_demo=True):
        shop_id = shop.pk
        conversations += Conversation.objects.filter(shop=shop).count()
        with log.unit(shop_id):
            index.forget_shop(shop_id)
            remove_shop(shop=shop)
        files += delete_files(shop_id=shop_id)
        shops += 1
    if sign_in_file().exists():
        sign_in_file().unlink()
        files += 1
    return RemovedSummary(shops, people - User.objects.count(), conversations, files)


def _create() -> Shop:
    card, (owner, *others) = staff().shop, staff().agents
    passphrase = new_passphrase()
    with clock.moved(-OPENED_AGO):
        made = create_shop(
            name=card.name,
            locale=card.locale,
            owner_email=owner.email,
            owner_name=owner.name,
            owner_password=passphrase,
            timezone=card.timezone,
            color=card.color,
            allowed_origins=_origins(),
            is_demo=True,
        )
    with log.unit(made.shop.pk) as work:
        with clock.moved(-OPENED_AGO):
            work.at = clock.now_ms()
            agents = {owner.key: _dress(made.owner, owner)}
            agents |= {each.key: _hire(made.shop, each, passphrase) for each in others}
            tags = _organise(Actor(made.owner), agents)
        playback = Playback(work=work, shop=made.shop, agents=agents, tags=tags)
        playback.play(talks())
        remember(shop_id=made.shop.pk, conversations=playback.conversations, agents=agents)
        promise(actor=Actor(made.owner))
    write_sign_in(passphrase)
    return made.shop


def _hire(shop: Shop, colleague: Colleague, passphrase: str) -> Agent:
    user = User.objects.filter(email__iexact=colleague.email).first() or create_user(
        email=colleague.email, name=colleague.name, password=passphrase, locale=colleague.locale
    )
    agent = add_agent(
        shop_id=shop.pk,
        user=user,
        role=colleague.role,
        name=colleague.name,
        color=colleague.color,
        avatar=colleague.face,
        languages=colleague.languages,
    )
    return set_availability(agent=agent, availability=colleague.availability)


def _dress(agent: Agent, colleague: Colleague) -> Agent:
    """Give the owner, whom the shop's creation made, their own face."""
    agent.avatar, agent.color, agent.languages = colleague.face, colleague.color, colleague.languages
    agent.save(update_fields=["avatar", "color", "languages"])
    return set_availability(agent=agent, availability=colleague.availability)


def _organise(owner: Actor, agents: dict[str, Agent]) -> dict[str, int]:
    rotate_identity_secret(actor=owner)
    for team in staff().teams:
        create_team(actor=owner, name=team.name, agent_ids=[agents[key].pk for key in team.agents])
    for each in canned():
        create_canned_response(actor=owner, wanted=each)
    add_starter_set(actor=owner)
    change_settings(actor=owner, business=staff().shop.business)
    return furnish(actor=owner)


def _renew_passphrase(shop: Shop) -> None:
    passphrase = new_passphrase()
    emails = [colleague.email for colleague in staff().agents]
    with log.unit(shop.pk):
        for user in User.objects.filter(agents__shop=shop, email__in=emails):
            user.set_password(passphrase)
            user.save(update_fields=["password"])
    write_sign_in(passphrase)


def _origins() -> list[str]:
    """Where the demo store is opened from: this installation, by name and by number when it is this machine's own."""
    parts = urlsplit(settings.PUBLIC_URL)
    origins = [settings.PUBLIC_URL]
    if parts.hostname in {"localhost", "127.0.0.1"}:
        port = f":{parts.port}" if parts.port else ""
        origins = [f"{parts.scheme}://{host}{port}" for host in ("localhost", "127.0.0.1")]
    return origins


def _summary(shop: Shop, *, created: bool) -> DemoSummary:
    return DemoSummary(
        created=created,
        shop_id=shop.pk,
        public_key=shop.public_key,
        agents=Agent.objects.filter(shop=shop).count(),
        contacts=Contact.objects.filter(shop=shop).count(),
        conversations=Conversation.objects.filter(shop=shop).count(),
        sign_in=sign_in_file(),
    )
