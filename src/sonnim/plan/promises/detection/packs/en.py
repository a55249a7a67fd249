"""English: what is a promise, what only looks like one, and how times are said."""

# ruff: noqa: E501 - a pattern that is cut into pieces is read by nobody.

import re

from sonnim.plan.promises.detection.found import Act, Candidate, Pack, Timed, Veto
from sonnim.plan.promises.detection.packs import en_times

_I = re.IGNORECASE
_ADVERBS = (
    r"(?:(?:definitely|certainly|also|then|now|personally|gladly|just|first|surely|quickly|immediately|directly|again|"
    r"next|still|either|even|absolutely|soon|shortly|gladly|happily|kindly|of course|as well|right away|straight away|"
    r"at once|be sure to|make sure to|make sure I|make sure we|go ahead and|come and|try and|today|tonight|tomorrow|"
    r"later|specially|carefully)\s+){0,3}"
)
_SUBJECT = (
    r"(?:\b(?:I|we|I myself|(?:our|the|my) (?:support |sales |shipping |warehouse |technical |own |whole |returns |billing |"
    r"service |customer service ){0,2}(?:team|colleagues?|staff|technicians?|managers?|specialists?|engineers?|supervisor|"
    r"warehouse|accountants?|editor|department|people)|somebody|someone(?: (?:from|on|in) (?:our|the) \w{2,20})?|"
    r"one of (?:us|our \w{2,20}))"
    r"(?:['’]ll|\s+will|\s+shall|['’]m going to|\s+am going to|['’]re going to|\s+are going to|['’]m gonna)\s+"
    r"|(?:^|[,.;:!—–-]\s*|\b(?:and|so|but|ok|okay|sure|thanks|yes)[,!]?\s+)will\s+)"
)
_LET_ME = r"\blet (?:me|us) (?:just |quickly |first )?(?:\w+\s+){1,8}?(?:and|then|so) (?:I['’]ll |I will )?"
_THEN = r"\s*(?:,|and|then|and then|, and|, then|or)\s+"
_YOU = r"(?:you|u|this customer|the customer|them|him|her)"
_THING = r"(?:\s+(?!and\b|but\b|so\b|if\b|then\b)[\w’'-]{1,20}){0,6}?"
_PARCEL = (
    r"(?:parcels?|packages?|orders?|replacements?|new (?:one|pair|item|unit|lamp|cup|shirt|bag)|missing \w{2,20}|items?|"
    r"products?|spare \w{2,20}|goods|samples?|shipments?)"
)

_ACTS: tuple[tuple[Act, str], ...] = (
    ("call", rf"(?:phone|ring|call)(?:ing)?\s+(?:{_YOU}|back|your)\b|call(?:ing)? back\b|telephone\s+{_YOU}|dial(?:ing)? the phone"
             rf"|giv(?:e|ing) {_YOU} (?:a|another) (?:\w+ )?(?:call|ring|buzz|bell)\b"),
    ("mail", rf"e-?mail(?:ing)?\s|(?:send|forward|drop|writ|shoot)(?:e|ing)?{_THING}\s+(?:by|via|in an|an|another|a \w{{2,12}}) e-?mail\b"
             rf"|mail(?:ing)?\s+(?:{_YOU}|it|this|the|over|your)\b"
             rf"|send(?:ing)?{_THING}\s+to your (?:e-?mail|inbox)"),
    ("message", rf"(?:text|message)(?:ing)?\s+{_YOU}\b|(?:send|drop|writ)(?:e|ing)?\s+{_YOU}\s+(?:a|another) (?:short )?(?:text|message|sms|whatsapp|note)\b"),
    ("answer", rf"(?:get|come|be|go|report|circle|write|getting|coming)\s+(?:right )?back (?:to|with) {_YOU}|be back with\b|(?:reply|respond)(?:ing)?\b|answer(?:ing)?\s+(?:{_YOU}|your)"
               rf"|let(?:ting)? {_YOU} know|keep(?:ing)? {_YOU} (?:posted|updated|informed|in the loop)|(?:update|inform|notify|contact)(?:ing)?\s+(?:with\s+)?{_YOU}\b"
               rf"|reach(?:ing)? (?:out|back)|follow(?:ing)? up|(?:be|get|getting) in (?:touch|contact)|give {_YOU} (?:an? )?(?:\w+ )?(?:update|answer|feedback|reply)|give {_YOU} the feedback"
               rf"|have (?:an? |the |your )?(?:\w+ )?(?:answer|update|news|reply|result)s? (?:for you|ready|back)|tell(?:ing)? {_YOU}\b|write(?: to)? {_YOU}\b|writing to {_YOU}\b"),
    ("refund", rf"refund(?:ing)?\b|reimburs(?:e|ing)\b|(?:issu|process|mak|start|trigger|initiat|send)(?:e|ing)?{_THING}\s+(?:refund|reimbursement|credit note)\b"
               rf"|credit(?:ing)?\s+(?:your|it|the|you)\b|(?:transfer|return)(?:ring|ing)?{_THING}\s+(?:money|amount)\b"),
    ("ship", rf"(?:re-?)?ship(?:ping)?\b|dispatch(?:ing)?\b|(?:send|post|mail|get|put)(?:ing|ting)?{_THING}\s+{_PARCEL}\b|(?:send|post)(?:ing)?\s+(?:it|them|these|that|yours) (?:out|off|on its way|by (?:express|courier|post))"
             rf"|put(?:ting)? (?:it|them|{_THING}) in the (?:post|mail)|post(?:ing)?\s+(?:it|them|these|that|the|yours)\b"),
    ("send", r"(?:re-?)?send(?:ing)?\s+(?!(?:you )?(?:my|our) (?:regards|love|best))(?:you|it|them|over|the|your|a|an|out|off|along|that|this|those|him|her|us)\b"
             r"|forward(?:ing)?\s+(?:you|the|your|it|this|that)|shar(?:e|ing)\s+(?:it|the|this|that|your)\b|upload(?:ing)?\b|attach(?:ing)?\b"),
    ("check", r"check(?:ing)?\b(?! out\b)|double-?check(?:ing)?\b|look(?:ing)? (?:into|at|up|it up|this up|that up)|find(?:ing)? out|verify(?:ing)?\b|investigat(?:e|ing)\b"
              r"|confirm(?:ing)?\s+(?:with|it|this|that|the|whether|if|your)|(?:speak|talk)(?:ing)? (?:to|with) (?:my|our|the)|ask(?:ing)?\s+(?:my|our|the|them|around|for an? (?:update|exception))"
              r"|review(?:ing)?\b|inquir(?:e|ing)\b|enquir(?:e|ing)\b|see (?:what|whether|if|why|where)\b|chas(?:e|ing)\b|trac(?:e|ing)\b|examin(?:e|ing)\b|inspect(?:ing)?\b|measur(?:e|ing)\b|test(?:ing)?\b"),
    ("do", r"process(?:ing)?\b|arrang(?:e|ing)\b|cancel(?:l?ing)?\b|chang(?:e|ing)\s+(?:the|your|it|that|this)|updat(?:e|ing)\s+(?:the|your|it|that|this|our)"
           r"|fix(?:ing)?\b|replac(?:e|ing)\b|prepar(?:e|ing)\b|book(?:ing)?\b|schedul(?:e|ing)\b|set(?:ting)? (?:one |it |them |this |that |\w+ )?aside|hold(?:ing)?\s+(?:it|one|the|your|them|this)"
           r"|reserv(?:e|ing)\b|correct(?:ing)?\b|handl(?:e|ing)\b|sort(?:ing)?\b|tak(?:e|ing) (?:care|(?:the )?ownership)|apply(?:ing)?\b|add(?:ing)?\s+(?:the|your|it|a|an|that|this|you)|remov(?:e|ing)\b|submit(?:ting)?\b"
           r"|pass(?:ing)?\s+(?:it|this|that|the|your|on)|extend(?:ing)?\b|file|filing|escalat(?:e|ing)\b|rais(?:e|ing)\s+(?:it|this|that|the|a|your)|report(?:ing)?\s+(?:it|this|that|the)"
           r"|exchang(?:e|ing)\b|repair(?:ing)?\b|resolv(?:e|ing)\b|open(?:ing)?\s+(?:a|an)\s|creat(?:e|ing)\s+(?:a|an|the|your)|generat(?:e|ing)\b|activat(?:e|ing)\b|reset(?:ting)?\b|unlock(?:ing)?\b"
           r"|restor(?:e|ing)\b|push(?:ing)?\s+(?:it|this|that|for)|feed(?:ing)? back|transfer(?:ring)?\b|order(?:ing)?\s+(?:it|one|a|the|you)|record(?:ing)?\b|bring(?:ing)?\s+(?:it|this|that|the)|write (?:it|this) up|issu(?:e|ing)\b"),
)  # fmt: skip
_VERBS = "|".join(f"(?P<{act}>{pattern})" for act, pattern in _ACTS)
_PROMISED = re.compile(rf"(?:{_SUBJECT}(?:be\s+)?|{_LET_ME}){_ADVERBS}(?:be\s+)?(?:{_VERBS})", _I)
_MORE = re.compile(rf"(?:{_THEN})(?:I['’]ll |I will |we['’]ll |we will )?{_ADVERBS}(?:{_VERBS})", _I)
_FROM_US = re.compile(
    r"\b(?:you(?:['’]ll| will| are going to)|expect to)\s+(?:\w+\s+){0,2}?(?P<answer>hear (?:back )?(?:from )?(?:me|us)\b"
    r"|(?:hear|get|have|receive) (?:an? |the |my |our |your )?(?:\w+ )?(?:answer|reply|response|update|news|word) (?:from (?:me|us|our (?:team|staff|manager))|by)\b)"
    r"|\b(?:you(?:['’]ll| will)|expect) (?:get |have |receive )?(?P<call>a (?:phone )?call (?:back )?from (?:me|us|our team)\b)"
    r"|\b(?:you(?:['’]ll| will)) (?:get|have|receive) (?P<mail>an e-?mail from (?:me|us)\b)",
    _I,
)
_PROGRESSIVE = re.compile(
    rf"\b(?:I['’]m|I am|we['’]re|we are)\s+{_ADVERBS}(?=\w{{3,14}}ing\b)(?:{_VERBS})", _I
)  # "I'm shipping it tomorrow"
_DAY = re.compile(
    r"\b(?:tomorrow|tonight|later today|this (?:afternoon|evening|morning)|on (?:mon|tues|wednes|thurs|fri)day|by \d)",
    _I,
)
_PARTING = re.compile(r"[,;:—–]|\b(?:but|because|since)\b", _I)
_MOST = 12


def candidates(sentence: str) -> list[Candidate]:
    """What may be promised in a sentence."""
    found: list[Candidate] = []
    for match in _PROMISED.finditer(sentence):
        found.append(_candidate(match))
        place = match.end()
        # "I'll check with them and call you back": the second verb has the first one's subject.
        while len(found) < _MOST and (more := _MORE.search(sentence, place, min(len(sentence), place + 80))):
            found.append(Candidate(more.start(more.lastgroup or 0), more.end(), _candidate(more).act))
            place = more.end()
    found += [_candidate(match) for match in _FROM_US.finditer(sentence)]
    if _DAY.search(sentence):
        found += [_candidate(match, needs_time=True) for match in _PROGRESSIVE.finditer(sentence)]
    return found[:_MOST]


def _candidate(match: re.Match[str], *, needs_time: bool = False) -> Candidate:
    act: Act = match.lastgroup  # type: ignore[assignment]
    return Candidate(match.start(), match.end(), act, needs_time)


def times(sentence: str) -> list[Timed]:
    """The times in a sentence."""
    return en_times.times(sentence)


def _veto(because: str, where: str, pattern: str) -> Veto:
    return Veto(because, where, re.compile(pattern, _I))  # type: ignore[arg-type]


_VETOES = (
    _veto("negation", "words", r"\b(?:not|never|no longer)\b|n['’]t\b"),
    _veto("negation", "before", r"\b(?:unable to|cannot|not sure|I doubt|don['’]t think|nobody|no one|neither|not that)\b[^,;]{0,40}$"),
    _veto("asks for a yes", "sentence", r"^\W*(?:shall|should|would|could|can|may|do|does|did|will|is|are|am|how|what|when|where|which|why|who)\s+(?:I|we|you|it|that|this|there|about)\b"),
    _veto("waits for the shopper", "sentence", r"\b(?:if|in case|should|once|as soon as|when|whenever|after|until|unless|provided|the moment|as long as)\s+(?:that\s+)?(?:you|u|you['’]\w{1,3}|your (?:payment|reply|answer|return|confirmation|parcel))\b(?!\s+(?:wait|bear|hold on|give me|can wait))"),
    _veto("waits for the shopper", "sentence", r"\b(?:if|in case) (?:needed|necessary|required|wanted|desired|so|not|interested|that (?:works|suits|is ok|is okay|helps)|it (?:helps|suits)|possible|convenient)\b"),
    _veto("waits for the shopper", "ahead", r"\b(?:please|kindly|pls|could you|would you|can you|may I have|you can|you may|just|feel free to)\b[^.;!?]{0,160}\b(?:so (?:that )?|and |to let |for us to )(?=[^.;!?]{0,12}$)"),
    _veto("waits for the shopper", "ahead", r"^\W*(?:ok(?:ay)?\W+|thanks?\W+|hello\W+|hi\W+)?(?:please |kindly |just |simply )?(?:send|give(?! (?:me|us) (?:a|an|half|until|till|one|two|\d))|tell|show|reply|confirm|share|provide|upload|leave|message|dm|call|let me know|answer|return|pay|fill)\b(?! you\b)"),
    _veto("waits for the shopper", "ahead", r"\byou (?:are (?:suggested|advised|requested) to|need to|have to|should|must|can|could|may)\b[^.;!?]{0,200}\b(?:and|so|then)\s[^.;!?]{0,8}$"),
    _veto("waits for the shopper", "last", r"(?:\b(?:please|kindly|pls)\b|\byou (?:can|may|are suggested to|need to)\b|\b(?:could|would|can|may) (?:you|I)\b)[^.?!]{0,200}\b(?:send|give|tell|provide|share|confirm|message|leave|call|upload|report|contact|have|know|return|number|address|add)\b"),
    _veto("said of something said", "before", r"\b(?:said|told|promised|wrote|mentioned|says|thought|hoped|claims?|stated|explained)\b[^,;]{0,20}$"),
    _veto("past", "before", r"\b(?:yesterday|last (?:week|month|time|night))\b"),
    _veto("a habit, not a promise", "words", r"\b(?:usually|normally|typically|generally|always|often|sometimes|occasionally)\b"),
    _veto("a habit, not a promise", "before", r"\b(?:usually|normally|typically|generally|always)\b"),
    _veto("waits for the shopper", "ahead", r"\bif (?:there (?:is|are) any|any)\b"),
    _veto("a habit, not a promise", "after", r"^[^,;]{0,40}\b(?:any|every|each|all) (?:items?|orders?|returns?|products?|customers?|requests?|purchases?|e-?mails?|messages?)\b"),
    _veto("a habit, not a promise", "after", r"^[^,;]{0,30}\b(?:improve|optimi[sz]e|do better)\b"),
    _veto("not certain", "before", r"\b(?:maybe|perhaps|possibly|might|may|hopefully|not sure|probably|I think|I guess|chances are|wish|hope)\b[^,;]{0,30}$"),
    _veto("somebody else's", "after", r"^[^,;]{0,60}\b(?:automatically|auto)\b"),
    _veto("done at once", "after", r"^[^.;]{0,80}(?::|\b(?:below|right here|here you go|as follows|in this chat|the following)\b)"),
    _veto("nothing to do", "words", r"\b(?:order|book|file|test|record|message|check)\s*$(?<=\bthe (?:order|.book|.file|.test))"),
)  # fmt: skip

PACK = Pack(name="en", candidates=candidates, times=times, vetoes=_VETOES, clause=_PARTING, time_follows=True)
