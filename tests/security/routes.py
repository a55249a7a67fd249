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
BODIES: dict[tuple[str, str], Any] = {
    ("PATCH", "/me"): {"theme": "dark"},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/assign"): {"agent_id": None},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/snooze"): {"until": TOMORROW},
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/seen"): {"seq": 0},
    ("PUT", "/shops/{shop_id}/conversations/{conversation_id}/draft"): {"text": "draft", "attachments": []},
    ("PATCH", "/shops/{shop_id}/contacts/{contact_id}"): {"notes": "changed"},
    ("PATCH", "/shops/{shop_id}/agents/{agent_id}"): {"color": "#123456"},
    ("PUT", "/shops/{shop_id}/agents/me/availability"): {"availability": "away"},
    ("POST", "/shops/{shop_id}/teams"): {"name": "New team"},
    ("PATCH", "/shops/{shop_id}/teams/{team_id}"): {"name": "Other team"},
    ("POST", "/shops/{shop_id}/invitations"): {"email": "new@people.test", "role": "agent"},
    ("POST", "/shops/{shop_id}/tokens"): {"name": "import"},
    ("PATCH", "/shops/{shop_id}/settings"): {"color": "#123456"},
    ("PATCH", "/widget/contact"): {"name": "Jiwoo"},
}
"""Bodies that are accepted. A message goes through the writer's own connection, which would wait for the test's
transaction: such routes are called without a body, and are through the gate when they answer 422."""
