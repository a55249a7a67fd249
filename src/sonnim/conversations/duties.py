"""What conversations have to do after commits and with time; see config/wiring."""

from collections.abc import Callable
from typing import Any

from sonnim.conversations.actions import forget_strangers, wake_snoozed
from sonnim.conversations.actions.questions import note_overdue_questions
from sonnim.conversations.files import remove_orphans
from sonnim.conversations.later.actions import send_due
from sonnim.conversations.release import release_agent, release_team
from sonnim.conversations.transcript import deliver_transcript

OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {
    "transcript": deliver_transcript,
    "agent.removed": release_agent,
    "team.deleted": release_team,
}
CLOCK: dict[Callable[[], object], float] = {
    wake_snoozed: 1,
    send_due: 1,
    note_overdue_questions: 1,
    remove_orphans: 3600,
    forget_strangers: 3600,
}
