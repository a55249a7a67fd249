"""Whether a Chinese sentence says otherwise than an earlier one: no for yes, extra for included, another day."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_KEPT, _LONG, _SHORT, _NEAR = 256, 70, 16, 7
"""Long sentences speak of more than one thing; so many characters belong to a yes or no."""
_CLAUSES = re.compile(r"[^，,；;。.！!？?\n]+|(?<=\d)\.(?=\d)")
_CASE = re.compile(
    r"满\d|如果|要是|若|的话|除非|除了|万一|一旦|否则|超过|以上|以下|过了|之?后就|了就|才|担心|放心|[有什]么?问题|关系|办法|不过去|没事"
    r"|其[他它]|别的|能不能|能否|是否|看看|[您你]可以?|建议|可能|不可避免|确实会|^请|计划|部分|仅|差不多|好意思|不错|不同|不管|不然|不一定|不仅|不但|不只|[？?]"
)
_ONLY_IF = re.compile(r"如(?:果|[您需有要遇不])|要是|若|的话|除非|万一|一旦")
_EXTRA = re.compile(
    r"另(?:外)?(?:算|收|付|购|买|配|约|加)|单独(?:买|购|付|收|配)|自[己行](?:另?买|购|配|出|付|备)|加收|自理|自备|到付"
    r"|[您你](?:先|自己|这边)?(?:付|出|承担|垫|负责)|费(?:用)?(?:是|为)?\d|要(?:加|补|收|付)\s?\d|不(?:包|含|送|带|配|附)"
)
_INCLUDED = re.compile(
    r"(?<!不)(?:包(?!裹|装)|含|送|带|配|附)|免费|免(?:运|邮)|不(?:另|收|要钱|用另)|我们(?:这边)?(?:来)?(?:出|承担|付|报)"
    r"|在内|[价费][^，]{0,2}里|里面有|都在"
)
_NO = re.compile(
    r"不(?:是|再)?(?:能|可以|可|支持|提供|接受|包|送|带|含|做|收|用|需要|会|开|卖|配|附|退|换|赔|给|予|让|办|防|建议|适合|进)"
    r"|没有?(?!被|人|收|检|看|查|想|说|听|见|到)|无法|没法|无需|不必|谢绝|禁止|[一-鿿]不(?:了|到|上|进|出)"
)
_YES = re.compile(
    r"(?<![不没别无未才只可一])(?:可以|能|支持|包(?!裹|装)|送(?!到|货|达)|带(?!来|给)|含|有(?!点|些|时|关|您|需|任|什)|附|配|接受|通用|防|适合|要|开|赔|退(?!款)|换)|都(?=[擦洗送含包有能可装修换退管])"
)
_SHUT, _OPEN = (
    re.compile(r"休息|店休|公休|闭店|关门|停业|歇业|不(?:开|营业|上班)"),
    re.compile(r"(?<!不)(?:开(?:门|的)|营业|上班|照常)"),
)
_BARE = re.compile(
    r"\s*(?:嗯+|是|对|好|可以|能(?:用|洗|进|放|开|装|送|退|换|带)?|会|有|自?带|包|送|含|开|收|支持|要|需要|没问题|当然)"
    r"[的得哦呢哈啊呀滴亲噢嘞 ~～]*"
)
_BARE_NO = re.compile(
    r"\s*(?:不(?:可以|能|会|行|带|包|送|含|开|收|支持|要|用|需要)|没有?)[的得了哦呢哈啊呀滴亲噢嘞 ~～]*"
)
_FIGURE = re.compile(
    r"(?<![\d.:-])(\d+(?:\.\d+)?|[二两三四五六七八九十]{1,3})\s?(元|块|%|个?工作日|天|年|个月|个?小时|分钟|公里|公斤|斤|克|厘米|米|毫升|升|片|寸|瓦"
    r"|档|粒|枚|件套|次|期|页|人|岁|度)"
)
_SUM = re.compile(
    r"差|补|退|减|优惠|券|折|定金|另|加(?:[收到起]|\d)|省|抵|超|多|少|已经?|第|之前|以前|剩|[-~至]|\d到|一半|邮费\d|运费\d"
)
_CHANGED = re.compile(r"换|改|升级|加急|加钱|那款|抱歉|不好意思")
_WHEN = re.compile(r"(?:下{1,2}|本|这)?(?:周|星期|礼拜)[一二三四五六日天]")
_SIZE = re.compile(r"(?:穿|拍|选|买)[^，。]{0,3}?(?<![a-z])(x{0,3}[sml]|\d{2,3}码|[大中小]号)(?![a-z])")
_VALUES = (_WHEN, _SIZE)
_PLAIN = frozenset(
    "的了是在这那我您你们也都就很吗呢吧啊呀哦嘛哈啦么可以能会要没不有无亲好请一个说想什怎几现需另自己元块钱付承担配含给得"
)
_DAYS = re.compile(r"(?:下|本|这)?(?:周|星期|礼拜)[一二三四五]|今天|明天|后天")
_SUBJECT = re.compile(
    r"^(?:.*?[：:])?(?:您|您的|我们|这[款个边]|本店|小店|目前|现在|暂时|确实|不过|但是?|另外|亲|好的)*"
    r"([一-鿿a-z0-9]{0,10}?)(?:这边|那边|目前|暂时|现在|一律|都|也|是|就|还|只|需要?|要|得)*"
    r"(?:不|没|无|可以|能|支持|会|包|送|带|含|有|另|单独|自|[您你]|免费|休息|关门)"
)


class Opposed(NamedTuple):
    """What an earlier sentence said: no or yes, or else the piece that is another now."""

    denied: bool | None
    piece: str


class _Clause(NamedTuple):
    """What a piece of a sentence says of a matter, and with which words; nothing if it only answers yes or no."""

    text: str
    no: frozenset[str] | None
    yes: frozenset[str] | None
    extra: frozenset[str] | None
    included: frozenset[str] | None
    shut: bool
    bare: bool
    subject: str


class _Figure(NamedTuple):
    """A figure with its unit, and what the piece speaks of that it stands in."""

    piece: str
    number: str
    unit: str
    about: frozenset[str]


class _Sentence(NamedTuple):
    """What is to be known of a sentence, whatever it is held against."""

    clauses: tuple[_Clause, ...]
    claims: tuple[_Clause, ...]
    """Those of the clauses that say something of a matter by themselves, and in any case."""
    values: tuple[frozenset[str], ...]
    figures: tuple[_Figure, ...]


@lru_cache(maxsize=_KEPT)
def _sentence(text: str) -> _Sentence:
    clauses = _clauses(text)
    values = tuple([frozenset([match[match.lastindex or 0] for match in each.finditer(text)]) for each in _VALUES])
    figures = (_figure(each) for each in _pieces(text))
    return _Sentence(clauses, tuple(_claims(clauses)), values, tuple([each for each in figures if each]))


def _clauses(sentence: str) -> tuple[_Clause, ...]:
    if len(sentence) > _LONG:
        return ()
    pieces = [match.group().strip() for match in _CLAUSES.finditer(sentence.replace("没问题", "可以"))]
    return tuple(map(_read, pieces[:-1] if sentence.endswith(("?", "？")) else pieces))


def _claims(clauses: tuple[_Clause, ...]) -> Iterator[_Clause]:
    for each in clauses:
        if _ONLY_IF.search(each.text):
            return
        if not each.bare and len(each.text) <= _LONG // 3 and (_pairs(each.text) or each.subject):
            yield each


def _read(text: str) -> _Clause:
    shut, bare = _SHUT.search(text) is not None, _BARE.fullmatch(text) is not None
    bare_no = _BARE_NO.fullmatch(text) is not None
    subject = match[1] if (match := _SUBJECT.match(text)) else ""
    if _CASE.search(text):
        return _Clause(text, None, None, None, None, False, False, subject)
    extra = _scope(_EXTRA, text)
    no = _scope(_SHUT, text) if shut else _scope(_NO, text)
    included = _scope(_INCLUDED, text) if extra is None and not bare_no else None
    yes = (_scope(_OPEN, text) or _scope(_YES, text)) if no is None else None
    return _Clause(text, no, yes, extra, included, shut, bare or bare_no, subject)


def _scope(pattern: re.Pattern[str], text: str) -> frozenset[str] | None:
    """The words around what says it: those after it, and those before it where it stands at the end."""
    match = pattern.search(text)
    if match is None:
        return None
    return _pairs(text[match.start() : match.end() + _NEAR]) | _pairs(
        text[max(0, match.start() - _NEAR) : match.start() + 1]
    )


@lru_cache(maxsize=_KEPT)
def _pairs(text: str) -> frozenset[str]:
    """Two characters that stand together and both tell something."""
    found = (text[at : at + 2] for at in range(len(text) - 1))
    return frozenset(each for each in found if each.isalnum() and not _PLAIN.intersection(each) and not each.isascii())


def opposed(said: str, told: str, asked: str, now: str) -> Opposed | None:
    """What `told` says otherwise than `said`, if both plainly speak of one matter.

    Args:
        asked: what the shopper had asked before the earlier sentence.
        now: what they write since; a case that is new in it may well have another answer.
    """
    if len(asked) > _LONG or len(now) > _LONG:
        return None
    ours, theirs = _sentence(said), _sentence(told)
    for clause in ours.claims:
        for earlier in theirs.clauses:
            if _denies_other(clause, earlier, asked):
                found = Opposed(earlier.no is not None, earlier.text)
            elif _costs_other(clause, earlier, asked):
                found = Opposed(earlier.extra is not None, earlier.text)
            else:
                continue
            if _is_known(clause.subject, asked + told) and not _pairs(clause.text) & _fresh(asked + told, now):
                return found
            break
    return _another_value(said, told, now) or _another_figure(said, told, asked, now)


def claims(sentence: str) -> bool:
    """Whether a sentence says anything that another may say otherwise."""
    read = _sentence(sentence)
    said = ((each.no, each.yes, each.extra, each.included) for each in read.clauses)
    return bool(read.figures) or any(read.values) or any(part is not None for parts in said for part in parts)


def _fresh(before: str, now: str) -> frozenset[str]:
    """The words of what the shopper writes now that nobody had said before."""
    return _pairs(_DAYS.sub("", now)) - _pairs(before)


def _is_known(subject: str, before: str) -> bool:
    telling = [each for each in subject if each not in _PLAIN]
    if any(each in before for each in _pairs(subject)):
        return True
    return sum(each in before for each in telling) * 2 >= len(telling)


def _denies_other(clause: _Clause, earlier: _Clause, asked: str) -> bool:
    if clause.no is not None and earlier.yes is not None:
        no, yes = clause, earlier
    elif clause.yes is not None and earlier.no is not None and len(clause.text) <= _SHORT:
        no, yes = earlier, clause
    else:
        return False
    if no.shut:
        return _OPEN.search(yes.text) is not None and _meets(clause, earlier, asked, no.no, yes.yes)
    return _meets(clause, earlier, asked, no.no, yes.yes)


def _costs_other(clause: _Clause, earlier: _Clause, asked: str) -> bool:
    if clause.extra is not None and (earlier.included is not None or earlier.yes is not None):
        return _meets(clause, earlier, asked, clause.extra, earlier.included or earlier.yes)
    if clause.included is not None and earlier.extra is not None:
        return _meets(clause, earlier, asked, clause.included, earlier.extra)
    return False


def _meets(
    clause: _Clause, earlier: _Clause, asked: str, one: frozenset[str] | None, other: frozenset[str] | None
) -> bool:
    """Whether both are of one thing; a bare yes or no is of what was asked."""
    if one is None or other is None:
        return False
    known = _pairs(asked) if earlier.bare or len(asked) <= _LONG // 2 else frozenset[str]()
    if one & (other | known):
        return True
    own = "".join(each for each in clause.subject if each not in _PLAIN)
    return 0 < len(own) <= 2 and own in earlier.text


def _another_value(said: str, told: str, now: str) -> Opposed | None:
    for pattern, ours, theirs in zip(_VALUES, _sentence(said).values, _sentence(told).values, strict=True):
        if len(ours) != 1 or len(theirs) != 1 or ours == theirs or _CASE.search(said):
            continue
        if next(iter(ours)) in now or (pattern is _SIZE and re.search(r"\d", now)):
            continue
        if _pairs(pattern.sub("", said)) & _pairs(pattern.sub("", told)):
            return Opposed(None, next(iter(theirs)))
    return None


def _another_figure(said: str, told: str, asked: str, now: str) -> Opposed | None:
    """Another figure of the one thing that both pieces name, which is no sum, no rest and no multiple."""
    theirs = _sentence(told).figures
    if not theirs or _CHANGED.search(said):
        return None
    for ours in _sentence(said).figures:
        if _SUM.search(ours.piece) or ours.number in now + told + asked:
            continue
        for each in theirs:
            if each.unit != ours.unit or each.number == ours.number or not each.about & ours.about:
                continue
            if not _is_multiple(ours.number, each.number) and not _pairs(ours.piece) & _fresh(asked + told, now):
                return Opposed(None, each.number + each.unit)
    return None


def _is_multiple(number: str, of: str) -> bool:
    return number.isdecimal() and of.isdecimal() and int(number) % max(1, int(of)) == 0


def _pieces(sentence: str) -> list[str]:
    return [] if len(sentence) > _LONG or _ONLY_IF.search(sentence) else _CLAUSES.findall(sentence)


def _figure(piece: str) -> _Figure | None:
    """The one figure of a piece."""
    found: list[tuple[str, str]] = _FIGURE.findall(piece)
    if len(found) != 1:
        return None
    number, unit = found[0]
    return _Figure(piece, number, unit, _pairs(_FIGURE.sub("", piece)))
