"""An agent's own lines below their mails."""

from sonnim.accounts.models import Agent
from sonnim.channels.kinds.postbox.signing import OWN, checked_signatures
from sonnim.eventlog import log


def set_own_signatures(*, shop_id: int, agent_id: int, signatures: dict[str, str]) -> dict[str, str]:
    """Keep what an agent wants below their mails, in each language; answers what is kept.

    Raises:
        Invalid: see signing.checked_signatures.
    """
    checked = checked_signatures(signatures)
    with log.unit(shop_id):
        agent = Agent.objects.only("preferences").get(pk=agent_id, shop_id=shop_id)
        agent.preferences = {**agent.preferences, OWN: checked}
        agent.save(update_fields=["preferences"])
    return checked
