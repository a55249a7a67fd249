"""Run on a site, without a server: asks rules as the writer of messages does, and takes the time of each asking."""

import sys
import time
from typing import Any

import django
import msgspec


def load(*, rules: int, events: int) -> dict[str, Any]:
    """The times in milliseconds, and what the longest text costs with the pattern that takes others for ever."""
    from sonnim.automation.compiling import Force, compile_rule
    from sonnim.automation.conditions import Facts, Was
    from sonnim.automation.keeping import Keeper
    from sonnim.bench.chat_load import TEXTS
    from sonnim.bench.machine import percentile
    from sonnim.bench.rules_fill import wording
    from sonnim.channels.registry import LIVE
    from sonnim.conversations.state import State

    force = Force(1, [compile_rule(number + 1, f"Rule {number}", wording(number)) for number in range(rules)])
    keeper = Keeper(force)
    spent = []
    for number in range(events):
        about = State(
            number, 1, 1, LIVE.kind, ("ko", "zh", "en")[number % 3], "", 0, "open", None, None, 0, 0, None, 1, 0, "",
            "contact", None, 0, 0, 1, tag_ids="[7,9]",
        )  # fmt: skip
        about.queued, about.labelled = about.queue_part(), about.label_part()
        entry = (
            number, number, 1, "message", "contact", 1, None, TEXTS[number % len(TEXTS)], "[]", "{}", 0, 0, None, "",
            "", 1, "", True,
        )  # fmt: skip
        began = time.perf_counter()
        keeper.turn(about, "message.created", [entry], 0)
        spent.append((time.perf_counter() - began) * 1000)
    pattern = {"when": [{"event": "message"}], "then": [{"do": "spam"}]}
    evil = compile_rule(0, "", {**pattern, "if": {"all": [{"field": "text", "op": "regex", "value": ["(a+)+$"]}]}})
    facts = Facts(about, was=Was(), text="a" * 100_000 + "!", is_open=lambda: True)
    began = time.perf_counter()
    evil.holds(facts)
    bounded = (time.perf_counter() - began) * 1000
    return {
        "p99_ms": round(percentile(spent, 0.99), 3),
        "p50_ms": round(percentile(spent, 0.5), 3),
        "longest_ms": round(max(spent), 3),
        "a34_ms": round(bounded, 3),
    }


if __name__ == "__main__":
    django.setup()
    wanted = msgspec.json.decode(sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.json.encode(load(rules=wanted["rules"], events=wanted["events"])))
