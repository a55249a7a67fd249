"""The plan that a shop may begin with: an online store's, with what only its owner knows left open. Pure."""

import json
from functools import cache
from pathlib import Path

from sonnim.plan.document.schema import PlanDocument

_CURRENCIES = {"ko": "KRW", "zh": "CNY", "en": "USD"}


@cache
def starting_plan(locale: str = "en") -> PlanDocument:
    """Written in three languages; its sums, times and answers are open questions.

    Args:
        locale: the shop's own language, which tells in what currency its sums will be.
    """
    plan = json.loads(Path(__file__).with_name("template.json").read_text(encoding="utf-8"))
    for concession in plan["concessions"]:
        for limit in concession["limits"]:
            if limit["measure"] == "amount":
                limit["currency"] = _CURRENCIES[locale]
    return PlanDocument.model_validate(plan)
