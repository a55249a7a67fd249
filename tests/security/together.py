"""What agents do together, brought about over HTTP: each of its event types at least once."""

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from sonnim.kernel import clock

if TYPE_CHECKING:
    from tests.security.happenings import Happenings


def work_together(life: "Happenings", here: str, elsewhere: int) -> None:
    """Hand over, follow, link, check off, ask.

    Args:
        here: the path of the shopper's conversation.
        elsewhere: another conversation.
    """
    does, desk = life._do, life.desk
    # Somebody else hands over, since nobody calls themselves.
    desk.call(life.colleague, "POST", f"{here}/transfer", {"agent_id": life.named.id, "note": "Yours, I think."})
    does("POST", f"{here}/mentions/seen")
    does("POST", f"{here}/follow")
    does("POST", f"{here}/unfollow")
    does("POST", f"{here}/link", conversation_id=elsewhere)
    does("POST", f"{here}/unlink", conversation_id=elsewhere)
    does("POST", f"{here}/checklist", text="Look for the crate")
    # Of owners, who asks themselves here, nobody else is told.
    due = clock.now() + timedelta(seconds=2)
    asked = does("POST", f"{here}/questions", text="How far may I go?", to_role="owner", due_at=due.isoformat())
    does("POST", f"/questions/{asked['id']}/answer", text="Ten percent.")
    asked = does("POST", f"{here}/questions", text="And if they insist?", to_role="owner")
    does("POST", f"/questions/{asked['id']}/withdraw")
    _promise_and_keep(life, here)
    late = does("POST", f"{here}/questions", text="By now?", to_role="owner", due_at=due.isoformat())["id"]
    deadline = time.monotonic() + 15
    while not next(each for each in does("GET", "/snapshot")["questions"] if each["id"] == late)["overdue"]:
        assert time.monotonic() < deadline, "nobody has looked at the clock"
        time.sleep(0.1)


def bargain(life: "Happenings") -> None:
    """Concede, take it back, and ask for more somebody who does not answer in time."""
    does, desk = life._do, life.desk
    draft = does("GET", "/plan/draft")
    decision = {"id": "gifts", "concessions": ["gift"], "decided_by": {"kind": "agent", "id": life.named.id}}
    decision |= {"stand_in": {"kind": "role", "role": "owner"}}
    does("PUT", "/plan/draft", v=draft["v"], document={**draft["document"], "decisions": [decision]})
    does("POST", "/plan/publish", v=draft["v"] + 1)
    here = f"/conversations/{life._say(desk.visitor(), 'Could you add something?')}"
    given = does("POST", f"{here}/concessions", client_id="6f1b8a90-0002", concession="gift")
    does("POST", f"/concessions/{given['id']}/take-back")
    more = {"concession": "gift", "value": "9", "reason": "They are friends.", "within_seconds": 3}
    asked = desk.call(life.colleague, "POST", f"{here}/approvals", more)["id"]
    deadline = time.monotonic() + 15
    while not next(each for each in does("GET", "/snapshot")["questions"] if each["id"] == asked)["handed_at"]:
        assert time.monotonic() < deadline, "nobody has looked at the clock"
        time.sleep(0.1)
    does("POST", f"/questions/{asked}/withdraw")  # or the asker would be told that it is overdue


def _promise_and_keep(life: "Happenings", here: str) -> None:
    """Make promises, one that is kept, one that changes hands, and one whose time comes at once."""
    does = life._do
    due = clock.now() + timedelta(seconds=1)
    soon = does("POST", f"{here}/promises", act="call", due_at=due.isoformat(), note="About the crate")
    later = does("POST", f"{here}/promises", act="mail", due_at=(due + timedelta(hours=1)).isoformat())
    does("PATCH", f"/promises/{later['id']}", due_at=(due + timedelta(hours=2)).isoformat())
    does("POST", f"{here}/assign", agent_id=life.colleague.id)
    does("POST", f"/promises/{later['id']}/keep")
    does("POST", f"{here}/assign", agent_id=life.named.id)
    deadline = time.monotonic() + 15
    while next(each for each in does("GET", "/snapshot")["promises"] if each["id"] == soon["id"])["stage"] is None:
        assert time.monotonic() < deadline, "nobody has looked at the clock"
        time.sleep(0.1)


def merge_and_split(life: "Happenings", here: str, say: int) -> None:
    """Take a shopper's conversation apart, put both together, and take them apart again.

    Args:
        say: the seq of a message that is not the first.
    """
    begun = life._do("POST", f"{here}/split", from_seq=say)["conversation"]["id"]
    life._do("POST", f"/conversations/{begun}/merge", into_id=int(here.rsplit("/", 1)[1]))
    life._do("POST", f"/conversations/{begun}/unmerge")
