"""What stands below an answer: the agent's own lines, and those of the mailbox, in the conversation's language."""

from collections.abc import Mapping
from typing import Any

from sonnim.accounts.models import Agent
from sonnim.channels.kinds.postbox import markup
from sonnim.kernel.errors import Invalid
from sonnim.kernel.text import LOCALES

OWN = "signatures"
MAX_OWN = 1_000


def checked_signatures(signatures: Mapping[str, str]) -> dict[str, str]:
    """An agent's own lines for each language; an empty one is dropped.

    Raises:
        Invalid: another language, or too long.
    """
    if set(signatures) - set(LOCALES):
        raise Invalid(fields={OWN: "must have the languages ko, zh and en"})
    if any(len(text) > MAX_OWN or "\x00" in text for text in signatures.values()):
        raise Invalid(fields={OWN: f"at most {MAX_OWN} characters"})
    return {locale: text.strip() for locale, text in signatures.items() if text.strip()}


def own_signatures(agent: Agent) -> dict[str, str]:
    """What an agent wants below their mails: language → text."""
    kept: dict[str, str] = agent.preferences.get(OWN, {})
    return dict(kept)


def signature(*, own: Mapping[str, Any], mailbox: Mapping[str, Any], locale: str, agent: str, shop: str) -> str:
    """The agent's lines above the mailbox's, each in this language or in the one that there is."""
    lines = [markup.filled(_in(each, locale), agent=agent, shop=shop) for each in (own, mailbox)]
    return "\n".join(line for line in lines if line)


def _in(texts: Mapping[str, Any], locale: str) -> str:
    return str(texts.get(locale) or texts.get("en") or next(iter(texts.values()), ""))
