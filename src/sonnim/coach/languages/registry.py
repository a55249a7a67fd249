"""The languages that the coach reads: one line each."""

from sonnim.coach.languages.en.pack import English
from sonnim.coach.languages.ko.pack import Korean
from sonnim.coach.languages.pack import Pack
from sonnim.coach.languages.zh.pack import Chinese

PACKS: dict[str, Pack] = {
    "ko": Korean(),
    "zh": Chinese(),
    "en": English(),
}
FALLBACK = "en"


def pack_of(code: str | None) -> Pack:
    """The language of a code such as `ko` or `zh-CN`; English for any other."""
    return PACKS.get((code or "").replace("_", "-").split("-")[0].lower(), PACKS[FALLBACK])
