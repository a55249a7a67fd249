"""Words of the pages that the installation itself shows, in the reader's language."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from sonnim.kernel.text import LOCALES, pick_locale

NAMES = {"ko": "한국어", "zh": "简体中文", "en": "English"}


def words(request: HttpRequest) -> dict[str, Any]:
    """The catalogue of `?lang=`, else of the browser's first language that we have."""
    locale = request.GET.get("lang", "")
    if locale not in LOCALES:
        wanted = str(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))[:200].split(",")
        locale = next((found for tag in wanted if (found := pick_locale(tag.strip(), fallback=""))), "en")
    languages = [{"code": code, "name": NAMES[code], "here": code == locale} for code in LOCALES]
    return {"locale": locale, "languages": languages, **_catalogue(settings.PUBLIC_URL)[locale]}


@cache
def _catalogue(url: str) -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("pages.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = json.loads(text.replace("{url}", url))
    return loaded
