"""How times are said in English."""

# ruff: noqa: E501 - a pattern that is cut into pieces is read by nobody.

import re

from sonnim.plan.promises.detection.found import Part, Timed, When
from sonnim.plan.promises.detection.packs.joining import Rule, times_of

_I = re.IGNORECASE
_NUMBERS = {
    word: n
    for n, words in enumerate(
        ["", "a|an|one|the next", "two|a couple of|couple of", "three|a few|few", "four", "five", "six", "seven", "eight",
         "nine", "ten"], 0)
    for word in words.split("|") if word
} | {"twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60}  # fmt: skip
_N = r"(\d{1,3}|" + "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True)) + ")"
_UPTO = r"(?:\s?(?:-|–|to|or)\s?(\d{1,3}|" + "|".join(_NUMBERS) + "))?"
_WITHIN = r"\b(?:within|in|inside|after|no later than|under|in less than|for|give me)\s+(?:about |around |roughly |at most |the next |approximately |max\.? )?"
_WEEKDAYS = {
    name: n
    for n, names in enumerate(["mon monday", "tue tues tuesday", "wed wednesday", "thu thur thurs thursday", "fri friday",
                               "sat saturday", "sun sunday"])
    for name in names.split()
}  # fmt: skip
_MONTHS = {
    name: n
    for n, names in enumerate(
        ["jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"], 1)
    for name in names.split()
}  # fmt: skip
_PARTS: dict[str, Part] = {
    "morning": "morning",
    "noon": "noon",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "night",
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))


def _number(word: str | None) -> int:
    word = (word or "").lower()
    return int(word) if word.isdigit() else _NUMBERS.get(word, 0)


def _span(match: re.Match[str]) -> When | None:
    count = max(_number(match[1]), _number(match[2]))
    unit = match[3].lower()
    if unit.startswith("min"):
        return When(in_minutes=count)
    if unit.startswith(("h", "business h", "working h")):
        return When(in_minutes=count * 60)
    if unit.startswith(("business", "working", "work")):
        return When(business_days=count)
    return When(in_days=count * 7 if unit.startswith("week") else count)


def _clock(match: re.Match[str]) -> When | None:
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower().replace(".", "")
    if hour > 23 or minute > 59 or (half and hour > 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return When(minute=hour * 60 + minute, twelve=not half and hour <= 12 and not (match[2] and hour == 0))


def _date(match: re.Match[str]) -> When | None:
    day, month = (match[1] or match[4]), (match[2] or match[3])
    return When(month=_MONTHS[month.lower()], month_day=int(day)) if 1 <= int(day) <= 31 else None


def _weekday(match: re.Match[str]) -> When | None:
    which = (match[1] or "").lower()
    weeks = 1 if which == "next" else 0 if which == "this" else None
    return When(weekday=_WEEKDAYS[match[2].lower()], weeks=weeks)


_RULES: tuple[Rule, ...] = (
    (re.compile(_WITHIN + _N + _UPTO + r"\s*(minutes?|mins?|hours?|hrs?|h|(?:business|working|work) days?|(?:business|working) hours?|weekdays|days?|weeks?)\b(?: time)?", _I), _span),
    (re.compile(_N + _UPTO + r"\s*(minutes?|mins?|hours?|hrs?|days?) from now\b", _I), _span),
    (re.compile(r"\b(?:within|in) (?:the |an? )?(half an hour|half hour|hour|next hour)\b", _I), lambda m: When(in_minutes=30 if "half" in m[1].lower() else 60)),
    (re.compile(r"\b(?:an|the|within the) hour from now\b", _I), lambda _: When(in_minutes=60)),
    (re.compile(r"\bwithin (?:a|one|the) day\b", _I), lambda _: When(in_days=1)),
    (re.compile(r"\b(?:today|later today|this very day)\b", _I), lambda _: When(day=0)),
    (re.compile(r"\b(?:the )?day after tomorrow\b", _I), lambda _: When(day=2)),
    (re.compile(r"\b(?:tomorrow|tmrw|tmr)\b", _I), lambda _: When(day=1)),
    (re.compile(r"\btonight\b", _I), lambda _: When(day=0, part="night")),
    (re.compile(r"\bthis (morning|afternoon|evening)\b", _I), lambda m: When(day=0, part=_PARTS[m[1].lower()])),
    (re.compile(r"\b(?:in the|by the|by|before|during the|first thing in the|around|at)?\s?(morning|noon|afternoon|evening)\b", _I), lambda m: When(minute=720) if m[1].lower() == "noon" else When(part=_PARTS[m[1].lower()])),
    (re.compile(r"\bmidday\b", _I), lambda _: When(minute=720)),
    (re.compile(r"\bfirst thing\b", _I), lambda _: When(part="morning")),
    (re.compile(r"\b(?:by |before |at )?(?:the )?(?:end of (?:the )?(?:business day|business|working day|workday|day|shift)|close of (?:business|play)|closing(?: time)?|EOD|COB)\b|\bbefore (?:we|I) (?:close|leave|finish|go home)\b", _I), lambda _: When(part="close")),
    (re.compile(r"\b(?:by |before |at |around |until |till |about |no later than )(\d{1,2})(?:[:.h](\d{2}))?\s*(a\.?m\.?|p\.?m\.?)?(?: o['’]clock)?(?![\d%€$£]|\s*(?:days?|hours?|hrs?|min|weeks?|items?|%|business|working|euros?|dollars?|pieces|percent|st|nd|rd|th|" + _MONTH + r")\b)", _I), _clock),
    (re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(a\.?m\b\.?|p\.?m\b\.?)", _I), _clock),
    (re.compile(r"\b(\d{1,2}):(\d{2})()\b(?!\s*[ap]\.?m)", _I), _clock),
    (re.compile(r"\b(?:(next|this|coming)\s+)?(" + _WEEKDAY + r")\b(?!['’]s)\.?", _I), _weekday),
    (re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (" + _MONTH + r")\b|\b(" + _MONTH + r")\.? (\d{1,2})(?:st|nd|rd|th)?\b(?!:)", _I), _date),
    (re.compile(r"\b(?:by|on|until|before) the (\d{1,2})(?:st|nd|rd|th)\b(?! of|\s(?:" + _MONTH + "))", _I), lambda m: When(month_day=int(m[1])) if 1 <= int(m[1]) <= 31 else None),
    (re.compile(r"\b(?:(?:by |before )?the end of (?:this|the)|(?:later |sometime )?this) week\b", _I), lambda _: When(weeks=0)),
    (re.compile(r"\b(?:(?:by |before )?the end of |early |sometime )?next week\b", _I), lambda _: When(weeks=1)),
    (re.compile(r"\b(?:shortly|soon|right away|straight away|at once|immediately|in a (?:moment|minute|bit|second|sec|while)|asap|as soon as (?:possible|we can|I can)|right now|now|promptly|quickly|later)\b", _I), lambda _: When(soon=True)),
)  # fmt: skip
_GAP = re.compile(r"\s?(?:,|at|by|on|in the|before|until|around|the|or|in|of)?\s?(?:the|about)?\s?", _I)


def times(sentence: str) -> list[Timed]:
    """The times in a sentence."""
    return times_of(sentence, _RULES, _GAP)
