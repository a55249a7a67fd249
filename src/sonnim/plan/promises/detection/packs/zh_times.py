"""How times are said in Chinese."""

# ruff: noqa: E501 - a pattern that is cut into pieces is read by nobody.

import re

from sonnim.plan.promises.detection.found import Part, Timed, When
from sonnim.plan.promises.detection.packs.joining import Rule, times_of

_DIGITS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "几": 3}
_N = r"(\d{1,3}|[一二两三四五六七八九十几俩]{1,3})"
_UPTO = r"(?:\s?[-–~至到]\s?" + _N + ")?"
_IN = r"(?:之内|以内|内|之后|以后|后|左右|的时间|前)"
_PARTS: dict[str, Part] = {
    "凌晨": "morning", "早上": "morning", "早晨": "morning", "上午": "morning", "早": "morning", "中午": "noon",
    "下午": "afternoon", "傍晚": "evening", "晚上": "evening", "晚": "evening", "夜里": "night", "晚间": "evening",
}  # fmt: skip
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_LATE = ("下午", "傍晚", "晚上", "晚", "夜里", "晚间")
_DAYS = {"今天": 0, "今日": 0, "当天": 0, "今儿": 0, "明天": 1, "明日": 1, "明儿": 1, "后天": 2, "大后天": 3}


def _number(word: str | None) -> int:
    word = word or ""
    if not word or word.isdigit():
        return int(word or 0)
    tens, ten, ones = word.rpartition("十")
    if ten:
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + _DIGITS.get(ones, 0)
    return max(_DIGITS.get(sign, 0) for sign in word)


def _span(match: re.Match[str]) -> When:
    count, unit = max(_number(match[1]), _number(match[2])), match[3]
    if "工作日" in unit:
        return When(business_days=count)
    if "分" in unit:
        return When(in_minutes=count)
    if "时" in unit or "钟头" in unit:
        return When(in_minutes=count * 60 + (30 if "半" in unit else 0))
    return When(in_days=count * 7 if "周" in unit or "星期" in unit else count)


def _clock(match: re.Match[str]) -> When | None:
    part, hour = match[1] or "", _number(match[2])
    minute = 30 if match[4] else _number(match[3])
    if hour > 24 or minute > 59:
        return None
    if (part in _LATE and hour < 12) or (part == "中午" and hour < 6):
        hour += 12
    return When(minute=(hour % 24) * 60 + minute, twelve=not part and 0 < hour <= 12)


def _weekday(match: re.Match[str]) -> When:
    which = match[1] or ""
    weeks = 1 if which.startswith("下") else 0 if which else None
    return When(weekday=6 if match[2] in "日天" else "一二三四五六".index(match[2]), weeks=weeks)


def _date(match: re.Match[str]) -> When | None:
    month, day = _number(match[1]), _number(match[2])
    return When(month=month, month_day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _day_of_month(match: re.Match[str]) -> When | None:
    return When(month_day=int(match[1])) if 1 <= int(match[1]) <= 31 else None


_RULES: tuple[Rule, ...] = (
    (re.compile(_N + _UPTO + r"\s?(个?工作日|分钟|个半小时|个?小时|个?钟头|个?星期|周|天|日)\s?" + _IN), _span),
    (re.compile(_N + _UPTO + r"\s?(个?工作日)"), _span),
    (re.compile(r"半个?(?:小时|钟头|钟)\s?" + _IN + "?"), lambda _: When(in_minutes=30)),
    (re.compile(r"(?:今晚|今夜)"), lambda _: When(day=0, part="evening")),
    (re.compile(r"明早"), lambda _: When(day=1, part="morning")),
    (re.compile(r"明晚"), lambda _: When(day=1, part="evening")),
    (re.compile("大后天|" + "|".join(_DAYS)), lambda m: When(day=_DAYS[m[0]])),
    (re.compile(r"(下个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天])"), _weekday),
    (re.compile(r"(?:本周|这周|这个?星期|本星期)(?:之?内|末)?(?![一二三四五六日天])"), lambda _: When(weeks=0)),
    (re.compile(r"(?:下周|下个?星期|下个?礼拜)(?:之?内|初)?(?![一二三四五六日天])"), lambda _: When(weeks=1)),
    (re.compile(_N + r"月" + _N + r"[日号]"), _date),
    (re.compile(r"(?<![\d月年])(\d{1,2})[号日](?:之?前|上午|下午|晚上|当天|给|为|帮|左右)"), _day_of_month),
    (re.compile(r"(?:(" + _PART + r")\s?)?" + _N + r"\s?点(?!击|[评赞])(?:钟)?(?:(\d{1,2}|[一二三四五]?十[一二三四五六七八九]?)分?|(半))?"), _clock),
    (re.compile(r"(?:(" + _PART + r")\s?)?(?<![\d:])(\d{1,2})[:：](\d{2})()(?!\d)"), _clock),
    (re.compile(r"(?:下班|打烊|营业结束|收工|闭店|关门)(?:之|以)?前"), lambda _: When(part="close")),
    (re.compile(r"(?:" + _PART.replace("|早", "").replace("|晚", "") + ")"), lambda m: When(part=_PARTS[m[0]])),
    (re.compile(r"马上|立马|立刻|立即|稍后|稍晚|待会|等会|一会|这就|现在就|尽快|尽早|第一时间|及时|随后|晚点|晚些|回头|届时|之后|过后"), lambda _: When(soon=True)),
)  # fmt: skip
_GAP = re.compile(r"(?:的|在|我|我们|之?前|内|[,，])?\s?")


def times(sentence: str) -> list[Timed]:
    """The times in a sentence."""
    return times_of(sentence, _RULES, _GAP)
