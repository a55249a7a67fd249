"""Korean: what is a promise, what only looks like one."""

# ruff: noqa: E501 - a pattern that is cut into pieces is read by nobody.

import re

from sonnim.plan.promises.detection.found import Act, Candidate, Pack, Veto
from sonnim.plan.promises.detection.packs.ko_times import times

# Every syllable that ends in ㄹ: "드릴게요", "할게요", "보낼게요".
_L = "[" + "".join(chr(0xAC00 + 28 * n + 8) for n in range(399)) + "]"
_WILL = re.compile(
    rf"(?<!시)겠(?:습니다|슴다|습니당|어요|으며|사오니|구요|고요)|{_L}(?:게요|께요|게용|게여)|{_L}\s?(?:예정|계획)(?:입니다|이에요|이예요|이며|이니|이오니|이고|인데)"
    r"|(?P<now>(?:드립니다|드려요|보냅니다|보내드립니다|합니다|됩니다|나갑니다|[할될릴낼]\s?(?:겁니다|거예요|것\s?입니다)))"
)
_VERBS: tuple[tuple[Act, str], ...] = (
    ("call", "전화|통화|콜백|유선|해피콜"),
    ("mail", "이메일|메일"),
    ("message", "문자|카톡|카카오톡|알림톡|쪽지|디엠|DM"),
    ("answer", "연락|회신|답변|답신|답장|회답|알려|공지|소식|피드백|기별|말씀|안내|공유|설명"),
    ("refund", "환불|환급|송금|적립|보상|입금|결제 ?취소|돌려"),
    ("ship", "재?발송|출고|택배|부쳐|부치|배송|출발"),
    ("send", "보내|보낼|전송|첨부|송부|띄워"),
    ("check", "확인|알아보|알아볼|알아봐|알아봐서|조회|점검|체크|살펴|검토|파악|조사|문의|여쭤|물어|논의|상의|의논|추적|검수|찾아"),
    ("do", "처리|취소|변경|교환|수정|접수|등록|조치|반영|진행|요청|전달|신청|준비|예약|보류|챙겨|챙길|적용|발급|발행|업로드|올려|올릴|해결|수리"
           "|맡아|잡아|빼|넣어|남겨|업데이트|회수|수거|재촉|독촉|개선|정정|켜|해제|연장|맞춰|바꿔|고쳐|작성|제출|보고|에스컬|이관|배정|추가"),
)  # fmt: skip
_VERB = re.compile("|".join(f"(?P<{act}>{words})" for act, words in _VERBS))
_GIVES = re.compile(r"(?:드리|드릴|주|줄|남기|남길|보내|보낼|보내드리|보내드릴|넣|넣어|넣을|하|할|해|띄우|띄울)")
# What is said at once, and therefore promises something only with a time or when it comes after something else.
_TOLD = re.compile("안내|말씀|설명|알려|공유|여쭤|물어|진행|찾아")
_LATER = re.compile(
    r"다시|추후|나중|따로|별도|이후|되면|되는\s?대로|나오는\s?대로|오는\s?대로|오면|나오면|(?:확인|알아보|조회|검토|문의|논의|파악|점검|조사|체크|살펴보|살펴|상의|물어보|처리|완료)[가-힣]{0,5}\s?"
    r"(?:후|서|고|뒤|다음|대로|는 즉시)"
)
_DONE = ("처리", "진행", "접수", "신청")
_REACH = 34
_MOST = 12
_PARTING = re.compile(r"[,，:：]|(?:지만|는데|은데|니까|므로)\s")


def candidates(sentence: str) -> list[Candidate]:
    """What may be promised in a sentence: an ending that says so, and the verb before it."""
    found: list[Candidate] = []
    last = 0
    for ending in _WILL.finditer(sentence):
        start = max(last, ending.start() - _REACH)
        # The syllable that ends in ㄹ is a part of the verb: "보낼게요".
        before = sentence[start : ending.end() if ending["now"] else ending.start() + 1]
        verb = _governing(before)
        if verb is not None and len(found) < _MOST:
            act, place = verb
            told = _TOLD.match(before, place) is not None and not _LATER.search(sentence[: ending.start()])
            found.append(Candidate(start + place, ending.end(), act, needs_time=told or bool(ending["now"])))
        last = ending.end()
    return found


def _governing(before: str) -> tuple[Act, int] | None:
    verbs = list(_VERB.finditer(before))
    if not verbs:
        return None
    last = verbs[-1]
    if not _attached(before[last.end() :]):
        return None
    act: Act = last.lastgroup  # type: ignore[assignment]
    if act in ("send", "do") and len(verbs) > 1:
        # "메일을 보내", "문자 남겨", "택배로 보내": the thing tells more than the verb.
        thing = verbs[-2]
        near = (
            6
            if thing.lastgroup in ("mail", "message", "ship", "call")
            else 24
            if thing.lastgroup == "refund" and last.group() in _DONE
            else -1
        )
        if last.start() - thing.end() <= near:
            return thing.lastgroup, thing.start()  # type: ignore[return-value]
    return act, last.start()


def _attached(rest: str) -> bool:
    """Whether nothing but the tail of the verb stands between it and the ending."""
    return len(rest) <= 14 and not re.search(
        r"(?:하고|해서|하면|지만|니까|은 후|한 후|부탁|감사|기다리|바라|까요|도와|돕|노력|최선|힘쓰|애쓰)", rest
    )


def _veto(because: str, where: str, pattern: str) -> Veto:
    return Veto(because, where, re.compile(pattern))  # type: ignore[arg-type]


_PATIENCE = r"(?!.{0,2}(?:기다려|기다리|양해|이해|참고|안심|걱정))"
_VETOES = (
    _veto("question", "after", r"^(?:까|만 .{0,10}까요)"),
    _veto("a request to the shopper", "words", r"부탁|바라|주시겠|시겠|주세요|주십시오"),
    _veto("a request to the shopper", "after", r"^[^,.]{0,3}부탁"),
    _veto("negation", "words", r"지 (?:않|못)|않겠|않을|못 ?(?:해|하|드|보)|(?<![가-힣])안 (?:하|드|보|해|할)|수 없|어렵|불가|힘들"),
    _veto("negation", "before", r"(?<![가-힣])(?:안|못)\s[^,.]{0,4}$"),
    _veto("said of something said", "after", r"^\s?(?:라고|라는|고 (?:하|말|안내|들))"),
    _veto("waits for the shopper", "ahead",
          r"(?:필요|원|희망|괜찮으|동의|가능|불편|궁금|생각|계속|문제|의사)[가-힣]{0,5}(?:시면|신다면|실 경우|하면|시다면|다면)|(?<!기다려)(?<!기다려 )(?<!양해해)(?<!양해해 )(?<!이해해 )(?<!참아)(?<!참아 )주(?:시면|신다면|시는 ?대로|신 ?(?:후|뒤|다음)|시고 나면|셔야|실 경우|시는 경우)"
          r"|(?:말씀|회신|답장|연락|전화|선택|결정|결제|입금|확인|제출|작성|접수|신청|반송|반품|발송|도착|수령|보내|접속|클릭|올려|업로드)[가-힣]{0,4}(?:하시면|하신다면|하시는 ?대로|하신 ?(?:후|뒤|다음)|해주시면|오시면)"
          r"|(?:방문|오|가|보내|알려|고르|누르|적어|찍어)(?:하)?(?:시면|으시면|신 후|시는 대로)|제공하면|원하면|경우(?:에는|에|엔)?\s.{0,30}$"),
    _veto("waits for the shopper", "ahead", r"(?:수 있도록|수 있게|위해서?는?)\s.{0,30}(?:주세요|주십시오|부탁|바랍니다|주시기)"),
    _veto("waits for the shopper", "last",
          r"(?:알려|말씀해|보내|남겨|공유해|제출해|첨부해|적어|입력해|올려|작성해|확인해|선택해|연락|접수해|전달해|회신|답변해|제공해|업로드해|찍어|골라|신청해)\s?(?:주세요|주십시오|주시겠|주실|주시면|주시기|바랍니다|부탁)|부탁\s?드(?:립니다|려요|리겠습니다|릴게요)|까요\s?[?？]?\s*$"),
    _veto("asks for a yes", "after", r"^[^.]{0,12}(?:괜찮|될까|어떠|해도 될)"),
    *(_veto("somebody else's", where,
          r"(?:택배(?:사|회사)?|택배\s?기사|기사|배송사|배송\s?업체|배송\s?기사|대한통운|우체국|한진|로젠|물류사|쿠팡|카드사|은행|은행사|PG사|시스템|제조사)(?:님|분)?(?:이|가|은|는|께서|에서|에서는)\s") for where in ("before", "words")),
    _veto("somebody else's", "before", r"자동으로|자동\s|고객님(?:이|께서|이 직접)\s|직접\s[^,.]{0,6}(?:하시|보시)"),
    _veto("a habit, not a promise", "before", r"(?<![가-힣])(?:보통|일반적으로|평일|평일에는|평소|항상|늘|매일|매주|통상|대개|대체로|주로|언제나|기본적으로|원칙적으로|순차적으로)(?![가-힣])"),
    _veto("a habit, not a promise", "before", r"(?:주문|결제|접수|발급|입금|신청)\s?(?:하신|하시면|한)?\s?(?:후|건은|시|당일)\s"),
    _veto("done at once", "words", r"좋겠"),
    _veto("done at once", "before", r"(?:음|임|점|것|사실)을\s?$"),
    _veto("past", "words", r"(?:했|드렸|였|었)(?:습니다|어요)"),
    _veto("not certain", "before", r"(?<![가-힣])(?:아마|혹시|어쩌면|가급적|가능하면|가능한 경우)(?![가-힣])"),
    _veto("done at once", "after", r"^[^가-힣]{0,2}[:：]"),
    _veto("done at once", "before", r"(?:아래|다음)(?:와|과)\s?같이|여기\s|아래에"),
)  # fmt: skip

PACK = Pack(name="ko", candidates=candidates, times=times, vetoes=_VETOES, clause=_PARTING)
