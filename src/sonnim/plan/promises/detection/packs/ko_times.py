"""How times are said in Korean."""

# ruff: noqa: E501 - a pattern that is cut into pieces is read by nobody.

import re

from sonnim.plan.promises.detection.found import Part, Timed, When
from sonnim.plan.promises.detection.packs.joining import Rule, times_of

_NUMBERS = {
    "한두": 2, "두세": 3, "서너": 4, "한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "아홉": 9, "열두": 12, "열한": 11, "열": 10, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5,
    "십": 10, "삼십": 30, "이십": 20, "오십": 50, "십오": 15,
}  # fmt: skip
_DAYS = {"하루 이틀": 2, "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "일주일": 7, "보름": 15}
_N = r"(\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UPTO = r"(?:\s?[~\-–∼～]\s?(\d{1,3}))?"
_IN = r"(?:이내|내로|내에|안에|안으로|후에|후|뒤에|뒤|이후|정도|쯤|만에|내)"
_PARTS: dict[str, Part] = {
    "오전": "morning", "아침": "morning", "점심": "noon", "낮": "noon", "정오": "noon", "오후": "afternoon",
    "저녁": "evening", "밤": "night", "새벽": "morning",
}  # fmt: skip
_LATE = ("오후", "저녁", "밤", "낮", "점심")
_WEEKDAYS = "월화수목금토일"


def _number(word: str | None) -> int:
    word = word or ""
    return int(word) if word.isdigit() else _NUMBERS.get(word, 0)


def _span(match: re.Match[str]) -> When | None:
    count, unit = max(_number(match[1]), _number(match[2])), match[3]
    if unit == "분":
        return When(in_minutes=count)
    if unit.startswith("시간"):
        return When(in_minutes=count * 60 + (30 if "반" in unit else 0))
    return When(in_days=count * 7 if unit.startswith("주") else count)


def _clock(match: re.Match[str]) -> When | None:
    half, hour = match[1] or "", _number(match[2])
    minute = 30 if match[4] else _number(match[3])
    if hour > 24 or minute > 59:
        return None
    if half in _LATE and hour < 12:
        hour += 12
    if half in ("오전", "아침", "새벽") and hour == 12:
        hour = 0
    return When(minute=(hour % 24) * 60 + minute, twelve=not half and 0 < hour <= 12)


def _weekday(match: re.Match[str]) -> When:
    which = match[1] or ""
    weeks = 1 if which.startswith(("다음", "차", "내", "담")) else 0 if which else None
    return When(weekday=_WEEKDAYS.index(match[2]), weeks=weeks)


def _date(match: re.Match[str]) -> When | None:
    month, day = int(match[1]), int(match[2])
    return When(month=month, month_day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


_RULES: tuple[Rule, ...] = (
    (re.compile(rf"영업일\s?(?:기준)?\s?(?:으로)?\s?(?:최대|약)?\s?{_N}{_UPTO}\s?일|{_N}{_UPTO}\s?영업일|워킹\s?데이\s?(\d)"),
     lambda m: When(business_days=max(map(_number, m.groups())))),
    (re.compile(rf"(?<![가-힣\d]){_N}{_UPTO}\s?(분|시간\s?반|시간|일|주일|주)\s?{_IN}"), _span),
    (re.compile(rf"(?<![가-힣])({'|'.join(_DAYS)})\s?{_IN}"), lambda m: When(in_days=_DAYS[m[1]])),
    (re.compile(r"반\s?시간\s?(?:이내|내로|안에|후|뒤)"), lambda _: When(in_minutes=30)),
    (re.compile(r"당일(?!\s?(?:배송|출고|발송))"), lambda _: When(day=0)),
    (re.compile(r"(?<![가-힣])(?:오늘|금일)"), lambda _: When(day=0)),
    (re.compile(r"(?<![가-힣])(?:내일|명일|익일)(?!\s?모레)"), lambda _: When(day=1)),
    (re.compile(r"(?<![가-힣])(?:내일\s?)?모레"), lambda _: When(day=2)),
    (re.compile(rf"(?:(이번\s?주|금주|다음\s?주|차주|내주|담주)\s?)?([{_WEEKDAYS}])요일"), _weekday),
    (re.compile(r"(?<![가-힣])(?:이번\s?주|금주)(?:\s?(?:중|안|내|말)(?:으로|에)?)?"), lambda _: When(weeks=0)),
    (re.compile(r"(?<![가-힣])(?:다음\s?주|차주|내주|담주)(?:\s?(?:중|안|내|초)(?:으로|에)?)?"), lambda _: When(weeks=1)),
    (re.compile(r"(\d{1,2})\s?월\s?(\d{1,2})\s?일"), _date),
    (re.compile(r"(?<![\d월])(?<!월 )(\d{1,2})\s?일(?:까지|에|\s?(?:오전|오후|중))"), lambda m: When(month_day=int(m[1])) if 0 < int(m[1]) <= 31 else None),
    (re.compile(r"(?:(오전|오후|아침|저녁|밤|새벽|낮|점심)\s?)?(?<![가-힣\d])" + _N + r"\s?시(?!간)(?:\s?(\d{1,2})\s?분|\s?(반))?"), _clock),
    (re.compile(r"(오전|오후|아침|저녁|밤|새벽|낮)\s?" + _N + r"\s?시(?!간)(?:\s?(\d{1,2})\s?분|\s?(반))?"), _clock),
    (re.compile(r"()(?<![\d:])(\d{1,2}):(\d{2})()(?!\d)"), _clock),
    (re.compile(r"(?:퇴근|마감|업무\s?(?:시간)?\s?(?:종료|마감)|영업\s?(?:시간)?\s?(?:종료|마감)|영업시간|업무시간|근무시간)\s?(?:시간)?\s?(?:전|내|안|까지|이내)(?:에|까지|으로)?"), lambda _: When(part="close")),
    (re.compile(r"(?:이따가?\s?)?(?<![가-힣])(오전|아침|점심|정오|낮|오후|저녁|밤)(?!\s?\d)(?=$|\s|중|에|까지|으로|쯤|전|께|안|내)"), lambda m: When(minute=720) if m[1] == "정오" else When(part=_PARTS[m[1]])),
    (re.compile(r"(?<![가-힣])(?:바로|곧바로|곧|금방|즉시|지금|얼른|잠시|조금\s?(?:이따|뒤|후)|이따가?|빠르게|빨리|신속|조속|빠른\s?(?:시일|시간)|최대한|잠시만|서둘러|우선)"), lambda _: When(soon=True)),
)  # fmt: skip
_GAP = re.compile(r"\s?(?:중|의|에|은|이따가?|안으로|중으로|까지|,|늦어도|\((?:[월화수목금토일])\))?\s?")


def times(sentence: str) -> list[Timed]:
    """The times in a sentence."""
    return times_of(sentence, _RULES, _GAP)
