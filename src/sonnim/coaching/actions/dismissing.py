"""Marks that agents wave away, rules that fall quiet for them, and rules that they want to hear again."""

from typing import NamedTuple

from sonnim.accounts.models import Agent
from sonnim.coaching import queries
from sonnim.coaching.actions.counting import add, today
from sonnim.coaching.models import Dismissal, Quiet
from sonnim.coaching.rules import ENOUGH, Reason, piece_key
from sonnim.coaching.shapes import quiet_object
from sonnim.conversations.queries import conversation_state
from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock

SHOWN = 300
"""So much of a marked piece tells a lead what it was."""


class Waved(NamedTuple):
    """A mark as its agent saw it, and why they do not want it."""

    rule: str
    piece: str
    reason: Reason
    words: str = ""


def dismiss_mark(*, agent: Agent, conversation_id: int, waved: Waved) -> bool:
    """Note that an agent does not want a mark; answers whether its rule keeps silent for them now.

    The third within 30 days quiets the rule, and leads are told. All is read and kept under the shop's lock, so that
    of several at once one is the third. The same mark again changes nothing.

    Raises:
        NotFound: no such conversation in this shop.
    """
    shop_id, rule = agent.shop_id, waved.rule
    conversation_state(shop_id=shop_id, conversation_id=conversation_id)
    with log.unit(shop_id) as work:
        _, is_new = Dismissal.objects.get_or_create(
            agent_id=agent.pk, conversation_id=conversation_id, rule=rule, key=piece_key(waved.piece),
            defaults={
                "shop_id": shop_id, "piece": waved.piece.strip()[:SHOWN], "reason": waved.reason,
                "words": waved.words.strip(), "at": clock.from_ms(work.at),
            },
        )  # fmt: skip
        if queries.is_quiet(agent_id=agent.pk, rule=rule):
            return True
        if not is_new:
            return False
        add(shop_id=shop_id, rule=rule, day=today(), dismissed=1)
        if queries.dismissed_lately(agent_id=agent.pk, rule=rule) < ENOUGH:
            return False
        _quiet(work, agent, rule, conversation_id)
    return True


def _quiet(work: Unit, agent: Agent, rule: str, conversation_id: int) -> None:
    shop_id = agent.shop_id
    quiet, _ = Quiet.objects.update_or_create(
        agent_id=agent.pk, rule=rule,
        defaults={"shop_id": shop_id, "since": clock.from_ms(work.at), "lifted_at": None},
    )  # fmt: skip
    pos = work.claim(shop_id)
    told = quiet_object(quiet, conversation_id=conversation_id)
    work.publish(
        shop_id, pos, "coach.quieted", conversation_id=conversation_id, agent_id=agent.pk, desk_put={"quiets": [told]}
    )  # fmt: skip
    work.publish(shop_id, work.claim(shop_id), "coach.changed")


def hear_again(*, agent: Agent, rule: str) -> None:
    """Have a rule speak to its agent again; what they dismissed before counts no more. Safe to repeat."""
    shop_id = agent.shop_id
    with log.unit(shop_id) as work:
        quiet = Quiet.objects.filter(agent_id=agent.pk, rule=rule, lifted_at=None).first()
        if quiet is None:
            return
        quiet.lifted_at = clock.from_ms(work.at)
        quiet.save(update_fields=["lifted_at"])
        pos = work.claim(shop_id)
        work.publish(shop_id, pos, "coach.heard", agent_id=agent.pk, desk_drop={"quiets": [quiet.pk]})
        work.publish(shop_id, work.claim(shop_id), "coach.changed")
