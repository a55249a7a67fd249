"""What may be done to a conversation, one or many: each changes the held row, tells of it, and says whether it did."""

from datetime import datetime

from sonnim.accounts.models import Agent, Team
from sonnim.contacts.models import Tag
from sonnim.conversations import rules
from sonnim.conversations.change import Change
from sonnim.conversations.changing import author_of, tell
from sonnim.conversations.idlists import ids_of, with_id, without_id
from sonnim.conversations.models import ConversationTag
from sonnim.conversations.release import release_if_gone
from sonnim.conversations.state import State
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound

MAX_SNOOZE_DAYS = 365
MAX_TAGS = 20
PRIORITIES = ("low", "normal", "high", "urgent")


def check_assignee(shop_id: int, agent_id: int | None, team_id: int | None) -> None:
    """Raises: NotFound, when one of both is none of this shop's; a removed agent counts as none."""
    if agent_id is not None and not Agent.objects.filter(pk=agent_id, shop=shop_id, removed_at=None).exists():
        raise NotFound("There is no such agent.")
    if team_id is not None and not Team.objects.filter(pk=team_id, shop=shop_id, removed_at=None).exists():
        raise NotFound("There is no such team.")


def assign(
    change: Change, about: State, *, by: int | None, agent_id: int | None, team_id: int | None, why: str = ""
) -> bool:
    """Give it to an agent, a team, both, or nobody; without `by` the desk itself does, and may say why."""
    if (about.assignee_id, about.team_id) == (agent_id, team_id):
        return False
    data = {"what": "assigned", "agent_id": agent_id, "from_agent_id": about.assignee_id, "team_id": team_id}
    if why:
        data["why"] = why
    about.assignee_id, about.team_id = agent_id, team_id
    # The shopper is shown who answers, so the conversation goes out to them; the entry does not.
    entry = change.entry(about, "event", author=author_of(by), data=data)
    change.record(about, "conversation.assigned", entries=[entry], public=True)
    return True


def resolve(change: Change, about: State, *, by: int | None) -> bool:
    """Settle it; settled ones stay as they are."""
    if about.status == "resolved":
        return False
    rules.resolve(about, at=clock.now_ms())
    tell(change, about, "conversation.resolved", {"what": "resolved"}, by=by, public=True)
    return True


def reopen(change: Change, about: State, *, by: int | None) -> bool:
    """Bring it back to the open ones, from wherever it is."""
    if about.status == "resolved":
        release_if_gone(about)
        rules.reopen(about)
        tell(change, about, "conversation.reopened", {"what": "reopened", "by": "agent"}, by=by, public=True)
        return True
    if about.status == "snoozed":
        rules.reopen(about)
        tell(change, about, "conversation.unsnoozed", {"what": "unsnoozed", "why": "agent"}, by=by)
        return True
    return False


def check_moment(until: datetime) -> None:
    """Raises: Invalid, when it has no zone, has passed, or is more than a year away."""
    if until.tzinfo is None:
        raise Invalid("Say until when with a time zone.", fields={"until": "no time zone"})
    ahead = until - clock.now()
    if ahead.total_seconds() <= 0 or ahead.days >= MAX_SNOOZE_DAYS:
        raise Invalid("Choose a moment within the next year.", fields={"until": "not within the next year"})


def snooze(change: Change, about: State, *, by: int | None, until: datetime) -> bool:
    """Put it out of sight until a moment, or until the shopper writes. Raises: Conflict, when it is settled."""
    if about.status not in {"open", "snoozed"}:
        raise Conflict("This conversation is settled; reopen it first.")
    rules.snooze(about, until=clock.to_ms(until))
    tell(change, about, "conversation.snoozed", {"what": "snoozed", "until": until}, by=by)
    return True


def mark_spam(change: Change, about: State, *, by: int | None) -> bool:
    """Out of every queue but its own; what comes after in this conversation calls nobody."""
    if about.status == "spam":
        return False
    rules.mark_spam(about)
    entry = change.entry(about, "event", author=author_of(by), data={"what": "spam"})
    change.record(about, "conversation.spam", entries=[entry], public=True)
    return True


def unmark_spam(change: Change, about: State, *, by: int | None) -> bool:
    """It was none: back among the open ones, and waiting if the shopper had the last word."""
    if about.status != "spam":
        return False
    rules.unmark_spam(about)
    entry = change.entry(about, "event", author=author_of(by), data={"what": "not_spam"})
    change.record(about, "conversation.not_spam", entries=[entry], public=True)
    return True


def set_priority(change: Change, about: State, *, by: int | None, priority: int) -> bool:
    """How much it matters: 0 low, 1 normal, 2 high, 3 urgent. Raises: Invalid."""
    if priority not in range(len(PRIORITIES)):
        raise Invalid(fields={"priority": "not one of 0, 1, 2, 3"})
    if about.priority == priority:
        return False
    data = {"what": "priority", "priority": priority, "was": about.priority}
    about.priority = priority
    tell(change, about, "conversation.priority", data, by=by)
    return True


def check_tags(shop_id: int, add: list[int]) -> None:
    """Raises: NotFound, when one to be added is none of this shop's living tags."""
    if add and Tag.objects.filter(pk__in=add, shop=shop_id, removed_at=None).count() != len(set(add)):
        raise NotFound("There is no such tag.")


def tag(change: Change, about: State, *, by: int | None, add: list[int], remove: list[int]) -> bool:
    """Put tags on it and take others off. Raises: Conflict, when that would be too many."""
    had = ids_of(about.tag_ids)
    added = [each for each in dict.fromkeys(add) if each not in had]
    removed = [each for each in dict.fromkeys(remove) if each in had and each not in add]
    if not added and not removed:
        return False
    if len(had) + len(added) - len(removed) > MAX_TAGS:
        raise Conflict(f"A conversation has at most {MAX_TAGS} tags.")
    for each in removed:
        about.tag_ids = without_id(about.tag_ids, each)
    for each in added:
        about.tag_ids = with_id(about.tag_ids, each)
    if removed:
        ConversationTag.objects.filter(conversation_id=about.id, tag_id__in=removed).delete()
    ConversationTag.objects.bulk_create(
        [ConversationTag(shop_id=about.shop_id, conversation_id=about.id, tag_id=each) for each in added],
        ignore_conflicts=True,
    )
    tell(change, about, "conversation.tagged", {"what": "tagged", "added": added, "removed": removed}, by=by)
    return True
