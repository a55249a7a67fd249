"""The coach's page for everybody: a shopper's message, a draft, and what the coach says of it. Nothing is kept."""

from itertools import pairwise
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sonnim.accounts.callers import client_address
from sonnim.coach.context import Context, Turn
from sonnim.coach.marks import Mark, Review
from sonnim.coach.review import judge
from sonnim.config.help_pages import words
from sonnim.kernel.errors import Throttled
from sonnim.kernel.text import LOCALES, storable
from sonnim.kernel.throttle import throttle

MOST = 2_000
READINGS = (60, 60)
"""So many drafts an address may have read in so many seconds."""


class Asked(NamedTuple):
    """What stands in the form."""

    lang: str
    shopper: str
    draft: str


# It reads no cookie and writes nothing: a foreign page that posts here gains nothing by it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def playground(request: HttpRequest) -> HttpResponse:
    """A draft read by the coach; at first the sample of the page."""
    about = words(request)
    asked = _asked(request, about)
    try:
        throttle("coach-page", client_address(request), *READINGS)
    except Throttled as error:
        waiting = render(
            request, "config/coach.html", {**about, "coach": {**asked._asdict(), "waits": True}}, status=429
        )
        waiting["Retry-After"] = str(round(error.retry_after or 1))
        return waiting
    found = judge(asked.draft, Context(lang=asked.lang, turns=[Turn("customer", asked.shopper)]))
    shown = {**asked._asdict(), **_shown(asked.draft, found, about["coach_page"])}
    return render(request, "config/coach.html", {**about, "coach": shown})


def _asked(request: HttpRequest, about: dict[str, Any]) -> Asked:
    if request.method != "POST":
        sample = about["coach_page"]["sample"]
        return Asked(about["locale"], sample["shopper"], sample["draft"])
    lang = request.POST.get("lang", "")
    texts = (storable(request.POST.get(name, "").replace("\r\n", "\n"))[:MOST] for name in ("shopper", "draft"))
    return Asked(lang if lang in LOCALES else about["locale"], *texts)


def _shown(draft: str, found: Review, texts: dict[str, Any]) -> dict[str, Any]:
    return {
        "pieces": _pieces(draft, found.marks),
        "marks": [
            {
                "rule": mark.rule,
                "severity": mark.severity.value,
                "named": texts["severities"][mark.severity.value],
                "piece": draft[mark.start : mark.end],
                "message": mark.message,
                "better": mark.suggestion,
            }
            for mark in found.marks
        ],
        "register": texts["registers"].get(found.register or ""),
        "politeness": round(found.politeness * 100),
        "read": bool(draft.strip()),
    }


def _pieces(draft: str, marks: list[Mark]) -> list[dict[str, str]]:
    """The draft cut at the ends of marks; a piece is as severe as the most severe mark on it."""
    ranks = ("note", "warning", "serious")
    cuts = sorted({0, len(draft), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    found = []
    for start, end in pairwise(cuts):
        here = [mark.severity.value for mark in marks if mark.start <= start and end <= mark.end]
        found.append({"text": draft[start:end], "severity": max(here, key=ranks.index, default="")})
    return found
