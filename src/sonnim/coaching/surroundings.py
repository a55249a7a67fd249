"""What surrounds a draft in a conversation, as the coach reads it: a fixed number of reads, however long the talk."""

from zoneinfo import ZoneInfo

from sonnim.accounts.models import Agent
from sonnim.coach.context import Context, Plan, Turn
from sonnim.coach.languages.registry import FALLBACK
from sonnim.coaching import pages
from sonnim.coaching.limits import limits_for
from sonnim.coaching.models import Settings
from sonnim.coaching.rules import OTHERS_WAIT, glossary_of
from sonnim.contacts.models import Contact
from sonnim.conversations import reach
from sonnim.conversations.models import Entry, Tally
from sonnim.conversations.queries import conversation_state
from sonnim.conversations.state import State
from sonnim.kernel import clock
from sonnim.plan.document import queries as plans

TURNS = 30
LONGEST_TURN = 4_000


def context_of(*, agent: Agent, lang: str, conversation_id: int, resolving: bool, settings: Settings) -> Context:
    """Everything around a draft of an agent.

    Raises:
        NotFound: no such conversation in this shop.
    """
    about = conversation_state(shop_id=agent.shop_id, conversation_id=conversation_id)
    contact = Contact.objects.filter(pk=about.contact_id).values_list("name", "locale", "shop__timezone")
    name, locale, zone = contact.get()
    return Context(
        lang=lang,
        channel="email" if reach.is_carried(about.channel) else "chat",
        page=pages.page_of(about.shop_id, about.contact_id),
        turns=turns_of(conversation_id),
        plan=_plan(agent, lang, zone),
        glossary=glossary_of(settings.terms),
        names=[name] if name.strip() else [],
        busy=_is_busy(about, agent.pk),
        resolving=resolving,
        # Whose language the desk does not have gets the fallback, which tells nothing.
        speaks=[locale] if locale != FALLBACK else [],
    )


def turns_of(conversation_id: int) -> list[Turn]:
    """The last messages of people, oldest first; without notes, events, and what was redacted or quoted."""
    said = Entry.objects.filter(conversation_id=conversation_id, kind="message", hidden="")
    said = said.filter(author_kind__in=("contact", "agent")).order_by("-seq")
    rows = list(said.values_list("author_kind", "text")[:TURNS])
    return [
        Turn("customer" if author == "contact" else "agent", text[:LONGEST_TURN])
        for author, text in reversed(rows)
        if text.strip()
    ]


def _plan(agent: Agent, lang: str, zone: str) -> Plan | None:
    plan = plans.in_force(agent.shop_id)
    if not plan.n:
        return None
    today = clock.now().astimezone(ZoneInfo(zone)).date().isoformat()
    return limits_for(plan.document, role=agent.role, lang=lang, today=today)


def _is_busy(about: State, agent_id: int) -> bool:
    """Whether others wait for this agent, or for nobody in particular; by kept counts."""
    keys = (f"waiting:{agent_id}", "waiting:nobody")
    waiting = sum(Tally.objects.filter(shop_id=about.shop_id, key__in=keys).values_list("n", flat=True))
    own = about.status == "open" and about.waiting_since is not None and about.assignee_id in (agent_id, None)
    return waiting - own >= OTHERS_WAIT
