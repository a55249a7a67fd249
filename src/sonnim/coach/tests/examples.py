"""The examples of the rules: `examples/<rule>.<language>.json`, drafts with and without the fault."""

from functools import cache
from pathlib import Path

import msgspec

from sonnim.coach.context import Context, Plan, Turn

FOLDER = Path(__file__).parent / "examples"
LANGUAGES = ("ko", "zh", "en")
_ROLES = {"c": "customer", "a": "agent"}


class Example(msgspec.Struct, forbid_unknown_fields=True):
    """A draft in its conversation.

    Attributes:
        context: lines such as `c: Hello!` of the customer and `a: Hi!` of the agent, oldest first.
        span: what the mark must touch, as it stands in the draft.
    """

    draft: str
    context: list[str] = []
    channel: str = "chat"
    page: str | None = None
    plan: Plan | None = None
    glossary: dict[str, str] | None = None
    names: list[str] = []
    busy: bool | None = None
    resolving: bool | None = None
    speaks: list[str] = []
    span: str | None = None

    def around(self, lang: str) -> Context:
        """The context of the draft for an agent who works in a language."""
        turns = [msgspec.convert({"role": _ROLES[line[0]], "text": line[2:].strip()}, Turn) for line in self.context]
        return Context(
            lang=lang, channel=self.channel, page=self.page, turns=turns, plan=self.plan, glossary=self.glossary,
            names=self.names, busy=self.busy, resolving=self.resolving, speaks=self.speaks,
        )  # fmt: skip


class Examples(msgspec.Struct, forbid_unknown_fields=True):
    """A file of examples."""

    positive: list[Example]
    negative: list[Example]


@cache
def examples(rule: str, lang: str) -> Examples:
    return msgspec.json.decode((FOLDER / f"{rule}.{lang}.json").read_bytes(), type=Examples)


def exists(rule: str, lang: str) -> bool:
    return (FOLDER / f"{rule}.{lang}.json").exists()
