"""Public holidays of countries by name, lunar ones included; a list that others keep well."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import holidays

from sonnim.plan.hours.rules import Interval

_LANGUAGES = {"ko": ("ko",), "zh": ("zh_CN", "zh_TW", "zh_HK"), "en": ()}
_ENGLISH = ("en_US", "en_GB", "en_HK")
_OFF = re.compile(r"substituted from (\d\d)/(\d\d)/(\d{4})")
"""How the list says for which day of a weekend a day is off."""


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """ISO 3166-1 codes of the countries that are known."""
    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


@lru_cache(maxsize=256)
def holidays_in(country: str, year: int, locale: str = "en") -> dict[date, str]:
    """The public holidays of a year; named in the language where it has names, else in English, else in their own.

    An unknown country has none: a list may lose one, and a shop that named it must not lose its calendar for that.
    """
    if country not in countries():
        return {}
    offered = holidays.country_holidays(country).supported_languages
    language = next((each for each in (*_LANGUAGES.get(locale, ()), *_ENGLISH) if each in offered), None)
    found = holidays.country_holidays(country, years=year, language=language)
    named = {day: str(name) for day, name in sorted(found.items()) if day.year == year}
    words = _names().get(f"{country} in {locale}", {})
    return {day: "; ".join(_worded(each, words) for each in name.split("; ")) for day, name in named.items()}


def dates_of(countries_: Iterable[str], years: Iterable[int]) -> set[date]:
    """The public holidays of several countries."""
    years = list(years)
    return {day for country in countries_ for year in years for day in holidays_in(country, year)}


@lru_cache(maxsize=256)
def made_up_in(country: str, year: int) -> dict[date, int]:
    """Days of weekends that a country works for a day off elsewhere → the weekday (Monday is 0) that each stands for.

    China announces its own a year ahead; of the years after that nobody knows them.
    """
    if country not in countries():
        return {}
    english = "en_US" if "en_US" in holidays.country_holidays(country).supported_languages else None
    found = holidays.country_holidays(country, years=(year, year + 1), language=english)
    stands_for: dict[date, int] = {}
    for day, name in found.items():
        for month, number, of in _OFF.findall(name):
            stands_for[date(int(of), int(month), int(number))] = day.weekday()
    return {day: stands_for.get(day, 0) for day in sorted(found.weekend_workdays) if day.year == year}


def worked_weekends(
    countries_: Sequence[str], years: Iterable[int], week: Sequence[Sequence[Interval]]
) -> dict[date, Sequence[Interval]]:
    """The hours of days that are worked although they are closed in any other week.

    Only where the holidays of one country alone are kept: of several nobody knows by whose weekends a shop lives.
    """
    if len(countries_) != 1:
        return {}
    made_up = [each for year in years for each in made_up_in(countries_[0], year).items()]
    return {day: week[like] for day, like in made_up if not week[day.weekday()] and week[like]}


def coming(country: str, today: date, locale: str) -> list[tuple[date, str, bool]]:
    """The public holidays of the next year, by date, and the days of weekends that are worked for one of them."""
    years = (today.year, today.year + 1)
    off = [(day, name, False) for year in years for day, name in holidays_in(country, year, locale).items()]
    name = _names()["made up"][locale]
    worked = [(day, name, True) for year in years for day in made_up_in(country, year)]
    return sorted(each for each in (*off, *worked) if 0 <= (each[0] - today).days <= 366)


def _worded(name: str, known: dict[str, str]) -> str:
    """An English name in words of ours, if there are any: the list has Korea's days in no Chinese, for one."""
    if name in known:
        return known[name]
    for pattern, words in known.items():
        if "{name}" in pattern:
            found = re.fullmatch(re.escape(pattern).replace(r"\{name\}", "(.+)"), name)
            if found:
                return words.format(name=known.get(found[1], found[1]))
    return name


@cache
def _names() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("names.json").read_text("utf-8"))
    return found
