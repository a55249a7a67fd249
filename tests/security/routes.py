"""The routes as the server has them, and for each a request that would succeed."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sonnim.accounts.http import Policy
from sonnim.config.api import api
from sonnim.kernel import clock


@dataclass(frozen=True)
class Route:
    """One method of one path."""

    method: str
    path: str
    policy: Policy | None

    @property
    def key(self) -> tuple[str, str]:
        return self.method, self.path

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def all_routes() -> list[Route]:
    """Every operation of the API."""
    found = []
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            template = re.sub(r"\{\w+:(\w+)\}", r"{\1}", prefix + path)
            for operation in view.operations:
                policy = getattr(operation.view_func, "sonnim_policy", None)
                found += [Route(method, template, policy) for method in operation.methods]
    return found


TOMORROW = (clock.now() + timedelta(days=1)).isoformat()
PROMISE: dict[str, Any] = {"name": "Chat", "targets": {"first_reply": 60}}
RULE: dict[str, Any] = {"name": "Big", "wording": {"when": [{"event": "begun"}], "then": [{"do": "spam"}]}}
MACRO: dict[str, Any] = {"name": "Done", "steps": [{"do": "resolve"}]}
HOURS: dict[str, Any] = {"name": "Desk", "zone": "Asia/Seoul", "week": {"mon": [["09:00", "18:00"]]}}
HOLIDAY = (
    f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{clock.now():%Y%m%d}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
CANNED: dict[str, Any] = {"shortcut": "hello", "title": "Hello", "texts": {"en": [{"text": "Hello"}]}}
MAILBOX: dict[str, Any] = {"address": "help@ongi.example", "way_in": "pipe", "way_out": "house"}
FORM: dict[str, Any] = {
    "fields": [{"id": "said", "type": "long", "labels": {"en": "Your message"}}],
    "texts": {"title": {"en": "Ask us"}},
}
LATER = {"client_id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "text": "Later.", "due_at": TOMORROW}
KEPT = {"act": "call", "due_at": TOMORROW, "note": "About the crate"}
CHAT_MAIL = {"client_id": LATER["client_id"], "address": "jiwoo@people.test", "words": "Here it is."}
NAMED = object()
"""In the place of an id in a body: that of the thing which a path would name so."""
BODIES: dict[tuple[str, str], Any] = {
    ("PATCH", "/me"): {"theme": "dark"},
    ("POST", "/shops"): {"name": "Another shop"},
    ("PUT", "/shops/{shop_id}/agents/me/welcome"): {"step": None},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/assign"): {"agent_id": None},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/snooze"): {"until": TOMORROW},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/priority"): {"priority": 2},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/seen"): {"seq": 0},
    ("PATCH", "/shops/{shop_id}/conversations/{conversation_id}/entries/{seq}"): {"text": "worded otherwise"},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/entries/{seq}/redact"): {"reason": "a card's number"},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/transfer"): {"agent_id": None, "note": "Later."},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/checklist"): {"text": "Look for the crate"},
    ("PATCH", "/shops/{shop_id}/conversations/{conversation_id}/checklist/{item_id}"): {"done": True},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/checklist/{item_id}/redact"): {"reason": "an address"},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/concessions"): {
        "client_id": "6f1b8a90-0001",
        "step": "stand",
    },
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/approvals"): {
        "concession": "gift",
        "value": "9",
        "reason": "They are friends of the house.",
    },
    ("POST", "/shops/{shop_id}/approvals/{approval_id}/answer"): {"decision": "grant"},
    ("PUT", "/shops/{shop_id}/quality/score/{score_id}/review"): {"criteria": {"courtesy": 90}},
    ("POST", "/shops/{shop_id}/quality/score/{score_id}/dispute"): {"words": "That was a quotation."},
    ("PUT", "/shops/{shop_id}/quality/scorecard"): {
        "version": 0,
        "criteria": [{"id": "tone", "names": {"en": "Tone"}, "weight": 100, "rules": ["curt"]}],
    },
    ("POST", "/shops/{shop_id}/quality/rescore"): {"since": TOMORROW},
    ("POST", "/shops/{shop_id}/quality/queue"): {"conversation_id": NAMED},
    ("POST", "/shops/{shop_id}/quality/disputes/{dispute_id}/answer"): {"decision": "uphold", "reason": "It was not."},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/questions"): {"text": "May I?", "to_role": "lead"},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/entries/{seq}/promises"): KEPT,
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/promises"): KEPT,
    ("PATCH", "/shops/{shop_id}/promises/{promise_id}"): {"due_at": TOMORROW},
    ("POST", "/shops/{shop_id}/promises/{promise_id}/drop"): {"reason": "They called us first."},
    ("PUT", "/shops/{shop_id}/conversations/{conversation_id}/draft"): {"text": "draft", "attachments": []},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/scheduled"): LATER,
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/chat-mails"): CHAT_MAIL,
    ("PATCH", "/shops/{shop_id}/scheduled/{scheduled_id}"): {"due_at": TOMORROW},
    ("POST", "/shops/{shop_id}/rules"): RULE,
    ("PUT", "/shops/{shop_id}/rules/{rule_id}"): RULE,
    ("POST", "/shops/{shop_id}/rules/order"): {"ids": []},
    ("POST", "/shops/{shop_id}/rules/rehearsal"): {"wording": RULE["wording"]},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/coach"): {"draft": "Yes, it is."},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/coach/dismissals"): {
        "rule": "curt",
        "piece": "Yes.",
        "reason": "on_purpose",
    },
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/coach/applied"): {"rule": "curt"},
    ("POST", "/shops/{shop_id}/coach/review"): {"draft": "Yes, it is."},
    ("PUT", "/shops/{shop_id}/coach/rules/{rule}"): {"strict": True},
    ("PUT", "/shops/{shop_id}/coach/glossary"): {"v": 0, "terms": [{"term": "RMA", "plain": "return slip"}]},
    ("POST", "/shops/{shop_id}/automation"): {"format": "sonnim.automation/1"},
    ("POST", "/shops/{shop_id}/macros"): MACRO,
    ("PUT", "/shops/{shop_id}/macros/{macro_id}"): MACRO,
    ("POST", "/shops/{shop_id}/macros/{macro_id}/run"): {"ids": [1]},
    ("POST", "/shops/{shop_id}/policies"): PROMISE,
    ("PUT", "/shops/{shop_id}/policies/{policy_id}"): PROMISE,
    ("POST", "/shops/{shop_id}/policies/order"): {"ids": []},
    ("POST", "/shops/{shop_id}/hours/calendars"): {**HOURS, "name": "Phone"},
    ("PUT", "/shops/{shop_id}/hours/calendars/{calendar_id}"): HOURS,
    ("POST", "/shops/{shop_id}/hours/calendars/{calendar_id}/imports"): {"ical": HOLIDAY},
    ("POST", "/shops/{shop_id}/hours/calendars/{calendar_id}/feeds"): {"url": "http://127.0.0.1/holidays.ics"},
    ("POST", "/shops/{shop_id}/hours/preview"): HOURS,
    ("POST", "/shops/{shop_id}/hours/now"): {"is_open": False},
    ("POST", "/shops/{shop_id}/canned-responses"): {**CANNED, "shortcut": "bye"},
    ("PUT", "/shops/{shop_id}/canned-responses/{canned_id}"): CANNED,
    ("POST", "/shops/{shop_id}/plan/versions/{n}/restore"): {"v": 1},
    ("PUT", "/shops/{shop_id}/plan/draft"): {"v": 1, "document": {}},
    ("POST", "/shops/{shop_id}/plan/draft/discard"): {"v": 1},
    ("POST", "/shops/{shop_id}/plan/draft/template"): {"v": 1},
    ("POST", "/shops/{shop_id}/plan/draft/import"): {
        "v": 1,
        "plan": {"format": "sonnim-plan", "version": 1, "plan": {}},
    },
    ("POST", "/shops/{shop_id}/plan/publish"): {"v": 1},
    ("POST", "/shops/{shop_id}/canned-responses/import"): {"scripts": [{**CANNED, "shortcut": "again"}]},
    ("PATCH", "/shops/{shop_id}/contacts/{contact_id}"): {"notes": "changed"},
    ("PUT", "/shops/{shop_id}/contacts/{contact_id}/tags"): {"tag_ids": []},
    ("PUT", "/shops/{shop_id}/contacts/{contact_id}/consents/{purpose}"): {"given": True},
    ("POST", "/shops/{shop_id}/addressees"): {"address": "kim@mail.example"},
    ("PUT", "/shops/{shop_id}/roles"): {"roles": {}},
    ("POST", "/shops/{shop_id}/tags"): {"name": "refund"},
    ("PATCH", "/shops/{shop_id}/tags/{tag_id}"): {"color": "#112233"},
    ("POST", "/shops/{shop_id}/conversations/bulk"): {"what": "resolve", "ids": [10**9]},
    ("POST", "/shops/{shop_id}/views"): {"name": "Mine", "filter": {}},
    ("POST", "/shops/{shop_id}/views/preview"): {"filter": {}},
    ("PATCH", "/shops/{shop_id}/views/{view_id}"): {"position": 2},
    ("PATCH", "/shops/{shop_id}/agents/{agent_id}"): {"color": "#123456"},
    ("PUT", "/shops/{shop_id}/agents/me/availability"): {"availability": "away"},
    ("PUT", "/shops/{shop_id}/agents/me/state"): {"state": "away", "reason": "lunch"},
    ("PUT", "/shops/{shop_id}/seats/{agent_id}"): {"skills": ["tea"]},
    ("PATCH", "/shops/{shop_id}/routing"): {"mode": "direct"},
    ("POST", "/shops/{shop_id}/notifications/seen"): {"all": True},
    ("PUT", "/shops/{shop_id}/signatures"): {"signatures": {"en": "Yours"}},
    ("PATCH", "/shops/{shop_id}/notifications/preferences"): {"quiet": {"on": True}},
    ("POST", "/shops/{shop_id}/notifications/devices/forget"): {"ids": [1]},
    ("POST", "/shops/{shop_id}/teams"): {"name": "New team"},
    ("PATCH", "/shops/{shop_id}/teams/{team_id}"): {"name": "Other team"},
    ("POST", "/shops/{shop_id}/invitations"): {"email": "new@people.test", "role": "agent"},
    ("POST", "/shops/{shop_id}/tokens"): {"name": "import"},
    ("POST", "/shops/{shop_id}/mailboxes"): {**MAILBOX, "address": "other@ongi.example"},
    ("PATCH", "/shops/{shop_id}/mailboxes/{mailbox_id}"): {"name": "Ongi"},
    ("POST", "/shops/{shop_id}/mailboxes/discover"): {"address": "ongi@naver.com"},
    ("POST", "/shops/{shop_id}/mailboxes/test"): {"folder": "INBOX"},
    ("PATCH", "/shops/{shop_id}/settings"): {"color": "#123456"},
    ("PATCH", "/widget/contact"): {"name": "Jiwoo"},
    ("POST", "/shops/{shop_id}/forms"): {**FORM, "name": "Ask us"},
    ("POST", "/shops/{shop_id}/forms/preview"): {**FORM, "locale": "ko"},
    ("PATCH", "/shops/{shop_id}/forms/{form_id}"): {"v": 0, "name": "Ask us"},
}
"""Bodies that are accepted. A message goes through the writer's own connection, which would wait for the test's
transaction: such routes are called without a body, and are through the gate when they answer 422."""


def body_of(route: Route, ids: dict[str, int]) -> Any:
    """What a request of this route carries."""
    body = BODIES.get(route.key)
    if not isinstance(body, dict):
        return body
    return {name: ids[name] if value is NAMED else value for name, value in body.items()}
