"""What a push says, in its reader's language; looked up when it is sent, so that what was redacted is not in it."""

import json
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

from sonnim.accounts.models import Agent
from sonnim.conversations.models import Conversation
from sonnim.kernel.text import pick_locale
from sonnim.notifications import rules
from sonnim.notifications.queries import PREFERENCES, texts_of

MAX_LINES = 4


class Told(TypedDict):
    """What the service worker shows; `url` is what opens."""

    title: str
    body: str
    url: str
    tag: str
    lang: str


@cache
def _words() -> dict[str, dict[str, str]]:
    return dict(json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8")))


def worded(agent: Agent, lines: list[dict[str, Any]]) -> Told:
    """The push for an agent: one thing with its text, or several in short; none means a trial.

    Args:
        agent: with its user.
        lines: kind, conversation, seq and by of each.
    """
    locale = pick_locale(agent.user.locale)
    words = {key: texts[locale] for key, texts in _words().items()}
    if not lines:
        return _told(words["test"], words["test_body"], "/console/", "test", locale)
    contacts = dict(
        Conversation.objects.filter(pk__in={line["conversation"] for line in lines}).values_list("pk", "contact__name")
    )
    names = dict(Agent.objects.filter(pk__in={line["by"] for line in lines if line["by"]}).values_list("pk", "name"))
    titles = [
        words[line["kind"]].format(
            by=names.get(line["by"]) or words["desk"], contact=contacts.get(line["conversation"]) or words["shopper"]
        )
        for line in lines
    ]
    if len(lines) > 1:
        body = "\n".join(titles[:MAX_LINES])
        return _told(words["bundle"].format(count=len(lines)), body, "/console/inbox/waiting", "bundle", locale)
    [line] = lines
    where, seq = line["conversation"], line["seq"]
    shows = rules.preferences_of(agent.preferences.get(PREFERENCES, {})).preview
    body = texts_of([(where, seq)]).get((where, seq), "") if shows else ""
    url = f"/console/inbox/all/{where}" + (f"?at={seq}" if seq else "")
    return _told(titles[0], body, url, f"conversation-{where}", locale)


def _told(title: str, body: str, url: str, tag: str, lang: str) -> Told:
    return Told(title=title[:200], body=body[:500], url=url, tag=tag, lang=lang)
