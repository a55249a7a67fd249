"""The page of a form, drawn on the server: it works without scripts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from sonnim.accounts.imprint import imprint
from sonnim.accounts.models import Shop
from sonnim.channels.kinds.webform import assets, rules, tokens, words
from sonnim.channels.kinds.webform.models import Form
from sonnim.channels.kinds.webform.rules import Answers, Field, Labels, said
from sonnim.kernel.text import LOCALES

LANGUAGES = {"ko": ("ko", "한국어"), "zh": ("zh-CN", "简体中文"), "en": ("en", "English")}
_INPUTS = {"name": "text", "email": "email", "phone": "tel", "order": "text", "text": "text", "date": "date"}
_AUTOCOMPLETE = {"name": "name", "email": "email", "phone": "tel"}
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Shown:
    """How a page is being looked at.

    Attributes:
        theme: light or dark, where the page that holds the form is so; else what the reader prefers.
        context: what the page that holds the form says of itself; see context_of.
        mark: the page's own, where it is shown once more; else it gets a new one.
        bits: how hard the page's puzzle is.
        trouble: key of the text that says what is wrong with the whole, if something is.
    """

    locale: str
    framed: bool = False
    theme: str = ""
    context: dict[str, str] = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)
    trouble: str = ""
    done: bool = False
    mark: str = ""
    bits: int = tokens.BITS


def context_of(given: Mapping[str, str]) -> dict[str, str]:
    """Address and title of the page that holds the form, if it has told; nobody vouches for it."""
    url, title = given.get("page", "")[:1_000], rules.tidied(given.get("page_title", "")[:200])
    if not re.match(r"https?://[^\s<>\"]+$", url):
        return {}
    return {"url": url, "title": title}


def drawn(form: Form, shown: Shown, *, mark: str) -> str:
    """The page of a form, or what it says when it is done."""
    fields = rules.checked_fields(form.fields)
    return _page(form.shop, fields, form.texts, shown, mark=mark, address=f"/forms/{form.key}")


def preview(*, shop: Shop, fields: Sequence[Field], texts: Mapping[str, Labels], locale: str) -> str:
    """The page of a form that nobody has saved; it cannot be handed in."""
    return _page(shop, fields, texts, Shown(locale), mark="", address="")


def languages_of(texts: Mapping[str, Labels]) -> list[str]:
    """The languages in which a form has a title."""
    return [locale for locale in LOCALES if texts.get("title", {}).get(locale)]


def style_of(shop: Shop) -> str:
    """The shop's own colour, as the one style that stands in the page itself."""
    color = shop.color if _COLOR.fullmatch(shop.color) else "#0F766E"
    return f":root{{--shop:{color};--on-shop:{ink_upon(color)}}}"


def ink_upon(color: str) -> str:
    """What is read on a ground of this colour."""
    red, green, blue = bytes.fromhex(color[1:])
    return "#1c2421" if red * 0.3 + green * 0.6 + blue * 0.1 > 145 else "#fff"  # as the eye weighs the three


def _page(
    shop: Shop, fields: Sequence[Field], texts: Mapping[str, Labels], shown: Shown, *, mark: str, address: str
) -> str:
    locale = shown.locale
    text = words.of(locale)
    built = assets.manifest()
    drawn_fields = [_drawn(each, shown, text, shop.locale) for each in fields]
    return render_to_string(
        "webform/page.html",
        {
            "t": text,
            "language_tag": LANGUAGES[locale][0],
            "languages": [(each, *LANGUAGES[each]) for each in languages_of(texts)],
            "locale": locale,
            "shop": shop.name,
            "own_style": mark_safe(style_of(shop)),  # noqa: S308 - a colour that is one
            "title": said(texts.get("title", {}), locale, shop.locale),
            "intro": said(texts.get("intro", {}), locale, shop.locale),
            "thanks": said(texts.get("thanks", {}), locale, shop.locale) or text["thanks"],
            "fields": drawn_fields,
            "wrong": [each for each in drawn_fields if each["error"]],
            "trouble": text[shown.trouble].format(n=rules.MAX_FILES) if shown.trouble else "",
            "shown": shown,
            "mark": mark,
            "bits": shown.bits,
            "many": text["wrong"]["files_many"].format(n=rules.MAX_FILES),
            "address": address,
            "kept": urlencode(_kept(shown)),
            "imprint": "" if shown.framed else imprint(shop.business, locale),
            "style": built.get("page.css", ""),
            "script": built.get("page.js", "") if mark else "",
        },
    )


def _kept(shown: Shown) -> dict[str, str]:
    """What another page of the same form is to know: where it stands, and what holds it."""
    about = {"page": shown.context["url"], "page_title": shown.context["title"]} if shown.context else {}
    return {**({"in": "frame", "theme": shown.theme} if shown.framed else {}), **about}


def _drawn(each: Field, shown: Shown, text: Mapping[str, Any], fallback: str) -> dict[str, Any]:
    """A field as the template wants it."""
    locale = shown.locale
    wrong = shown.answers.wrong.get(each.id, "")
    value = shown.answers.values.get(each.id, "")
    return {
        "id": f"field-{each.id}",
        "name": each.id,
        "type": each.type,
        "input": _INPUTS.get(each.type, "text"),
        "autocomplete": _AUTOCOMPLETE.get(each.type, ""),
        "label": said(each.labels, locale, fallback),
        "help": said(each.help, locale, fallback) or (text["files_help"] if each.type == "file" else ""),
        "required": each.required,
        "longest": each.longest,
        "value": value,
        "choices": [(choice.id, said(choice.labels, locale, fallback)) for choice in each.choices],
        "error": text["wrong"][wrong].format(n=each.longest) if wrong else "",
    }
