"""Korean."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import ClassVar

from sonnim.coach.languages.ko.opposites import claims, opposed
from sonnim.coach.languages.ko.register import guessed, level_of, overall
from sonnim.coach.languages.pack import Pack, Register

_SYLLABLES, _FINALS = 399, {"final_n": 4, "final_l": 8, "final_m": 16, "final_b": 17, "final_ss": 20}
"""Vowel and initial make 399 open syllables; each closes with a consonant at a fixed distance."""

_OPEN = "[" + "".join(chr(0xAC00 + 28 * (21 * first + vowel)) for first in range(19) for vowel in range(16)) + "]"
"""Syllables without a final, of the vowels from ㅏ to ㅞ: with these most verbs end in 반말."""
_B = "[" + "".join(chr(0xAC00 + 28 * number + 17) for number in range(_SYLLABLES)) + "]"
_SYLLABLE = re.compile(r"[가-힣]")

_ADDRESS = re.compile(r"[가-힣a-z*-]{1,12} ?(?:고객|회원|손|사장|선생)?님|[가-힣]{2,4} ?씨")

_BORROWED = re.compile(
    r"[A-Za-z]{2}|[一-鿿]|오더|이슈|파트너|마인드|어사인|노티|어드바이|노하우"
    r"|[캐-캫커-켛코콘-콛콜-콥쿠-쿻퀀-퀗퀘-큟크-킣킥-킿]"
    r"|[드디데레딜딩릴릿닝닌랜랙랩램럴럼렌렉렛롯룸룹린링맨먼멘밍벤벨브블빌샘샵섀셀셋셰쇼슈스싱쉐쉬웨웰젝젠젤죠쥬즈챗츠칭턴털텀텝톤툴트틱팅팩팬퍼펀펌페펙펜펫폼프픈플픽핏핑]"
)
_MAY_FOLLOW = re.compile(
    r"$|[^가-힣]|을|를|이|가|은|는|에|의|도|로|으로|과|와|만|부터|까지|라|나|랑|하|해|했|할|합|한|함|되|돼|됐|될|된|됨|시키"
    r"|받|중|건|품|팀|용|별|상|처리|예정|여부|완료|접수|담당|발급|입니다|인|일|임|예요"
)
_TWO_SYLLABLES = ("남궁", "황보", "제갈", "선우", "독고", "사공")
"""Surnames of two syllables; all others have one."""
_PARTICLES = (
    ("을", "를"),
    ("이", "가"),
    ("은", "는"),
    ("과", "와"),
    ("으로", "로"),
    ("이라", "라"),
    ("이에요", "예요"),
)
_TOKEN = re.compile(r"[가-힣]{2,}|[가-힣](?=\s(?:되|돼|있|가능))")
_SUBJECT = re.compile(
    r"(?<![가-힣])([가-힣]{2,}?|[가-힣](?=[이가는도]))(?:은|는|이|가|을|를|도|은요|는요)?"
    r"(?= (?:따로 |같이 |무료로 |얼마나 |어떻게 |안 |못 |잘 |꼭 |많이 )?"
    r"[가-힣]{1,5}(?: ?(?:있|되|돼|주|가능))?[가-힣]{0,2}"
    r"(?:나요|까요|어요|여요|해요|돼요|죠|가요|고요|니까|는지|은지|인지|운지)\?*$)"
)
_OBJECT = re.compile(
    r"(?<![가-힣])([가-힣]{2,}?)(?:(?:을|를|로|으로|에서|에도|까지|은|는|도)(?= )|(?:은|는|도)요(?=[ ?]*$)"
    r"|(?:인가요|이에요|예요)(?=[ ,?])|(?= [가-힣]{1,4} 수 (?:있|없)))"
)
_TRAILING = re.compile(r"(?<=지)(?:도|는)?요?[ ,]*(?:좀 |같이 |꼭 )?(?:궁금|알려|여쭤|여쭙|알고|문의|확인|말씀).*$")
_SINGLE = re.compile(r"(?<![가-힣])([가-힣])[이가는도을를만](?![가-힣])")
_ALLOWED = re.compile(r"[해와워써어아여려져셔봐둬줘켜펴라겨춰꿔러거]도$")
"""A verb that asks whether one may, such as "써도" before "되나요", names nothing."""
_TAIL = re.compile(
    r"(?<=[가-힣]{2})(?:은|는|이|가|을|를|도|에|의|로|만|과|와|요|나|까지|부터|에서|에게|한테|으로|하고|이랑|랑|에도|에는"
    r"|으로도|이나|인가요|이에요|예요|되나요|하나요)+$"
)
_ANSWERS = re.compile(
    r"(?:^|\s)(?:네|예|아니(?:요|오)?)(?:[ ,.]|$)|[가-힣]{2}[이가] .{0,16}(?:않|없)(?:아요|어요|습니다)"
    r"|(?:[가-힣]{2}(?:도|은|는)|(?<![가-힣])[가-힣][도는]|[옷향색물굽방문밥책빵컵끈줄솜털알몸창차값]은)"
    r" .{0,30}(?:돼|됩|되|가능|있|없|드려|드립|드릴|않|안 |해요|합니다|이에요|예요|입니다)"
)
_NOUN_ALONE = re.compile(r"[은는]요[ ?？]*$")
_PARTICLE = re.compile(r"(?:을|를|은|는|과|와|으로|로|이에요|예요|이라(?=서|고)|라(?=서|고)|[이가](?![가-힣]))")

_BESIDE = {
    "v_paid": frozenset(("v_time", "back", "pay")),
    "v_time": frozenset(("v_size", "v_price", "v_place", "material", "pet", "kids", "weekend")),
    "v_size": frozenset(("v_price", "micro", "weekend")),
    "v_weight": frozenset(("v_price", "pet")),
}
"""What a question is not about beside the figure that it wants."""
_ANYTHING = frozenset(("c_incl", "c_fits", "stock", "separately"))
"""Concerns of most things: a question that has another one is about that."""
_CHOICE = re.compile(
    r"(?:인가요|이에요|예요|은가요|나요|까요|인지)[,?]? ?(?:아니면 )?"
    r"[가-힣]{1,10}(?: [가-힣]{1,6})?(?:인가요|이에요|예요|은가요|나요|까요)"
)
_ANNOUNCING = re.compile(r"^(?!.*[지나까가](?:도|는|요)? ).*(?:문의|궁금|여쭤|여쭙)[가-힣]{0,4}(?:니다|요)[.!~ ]*$")
_A_GREETING = 12
_ASKING = re.compile(r"(?:\?|[나까]요[.!~]*|[습합입됩십갑랍답]니까[.!~]*)[ㅎㅋㅠㅜ^ ]*$")
_FOLLOWS = re.compile(
    r"^ ?(?:그러면|그럼|그렇다면|그래도|만약|아니면|그러시면|그렇지 않|확인해 ?보고|알려)"
    r"|^.{0,14}(?:알려|정해|말씀해|표시해|적어|보내|골라|눌러|찍어|답해|회신해) ?주(?:시면|세요|시겠|십시오)"
)


class Korean(Pack):
    """Endings carry the level of speech, the question, and the end of a sentence that has no mark."""

    code = "ko"
    folder = Path(__file__).parent
    yes_comes_first = True
    endings: ClassVar[re.Pattern[str] | None] = re.compile(
        rf"[다까요죠어게야아](?:(?<={_B}니[다까])|(?<=[세까네게래지데군해어아여워와봐줘에예든나가]요)|(?<=죠)"
        r"|(?<=[했었았갔왔됐샀봤났줬랐렸녔졌켰혔]어)|(?<=[할될갈줄볼낼릴을]게)|(?<=거야)|(?<=잖아))[.!?~^ㅎㅋㅠㅜ]*\s+(?=\S)"
    )

    @cache  # noqa: B019 - packs live as long as the process
    def macros(self) -> Mapping[str, str]:
        """Besides the shared pieces, `{final_l}` and its like: every syllable that ends in that consonant."""
        finals = {
            name: "[" + "".join(chr(0xAC00 + 28 * number + final) for number in range(_SYLLABLES)) + "]"
            for name, final in _FINALS.items()
        }
        return {**super().macros(), **finals, "open_verb": _OPEN}

    def is_foreign(self, term: str) -> bool:
        """Other letters, or syllables that only borrowed words have."""
        return _BORROWED.search(term) is not None

    def stands_alone(self, folded: str, start: int, end: int) -> bool:
        """A word of Hangul begins after something else, and goes on with a particle or an ending at most."""
        if not super().stands_alone(folded, start, end):
            return False
        if "가" <= folded[start] <= "힣" and "가" <= folded[start - 1 : start] <= "힣":
            return False
        return not "가" <= folded[end - 1] <= "힣" or _MAY_FOLLOW.match(folded, end) is not None

    def put_instead(self, text: str, start: int, end: int, plain: str) -> tuple[int, int, str]:
        """The particle after the word follows the sound of the new one."""
        last = plain[-1:]
        found = _PARTICLE.match(text, end)
        if not found or not "가" <= last <= "힣":
            return start, end, plain
        closed, open_ = next(pair for pair in _PARTICLES if found.group() in pair)
        final = (ord(last) - 0xAC00) % 28
        is_open = final == 0 or (open_ == "로" and final == _FINALS["final_l"])
        return start, found.end(), plain + (open_ if is_open else closed)

    def is_address(self, folded: str) -> bool:
        """A name before 님 or 씨, however short."""
        return _ADDRESS.fullmatch(folded) is not None

    def same_person(self, called: str, known: str) -> bool:
        """By the full name, the given name, or the surname."""
        if called == known or called.endswith(known):
            return True
        surname = 2 if known.startswith(_TWO_SYLLABLES) else 1
        return called in (known[:surname], known[surname:])

    def is_short(self, folded: str) -> bool:
        """One or two words, of which Korean can put a whole sentence into one: seven syllables are the most."""
        return self.count_words(folded) <= 2 and len(_SYLLABLE.findall(folded)) <= 7

    def stems(self, folded: str) -> frozenset[str]:
        """The first two syllables of each word, which nouns keep whatever follows them, and nouns of one syllable."""
        words = [each for each in _TOKEN.findall(folded) if not _ALLOWED.search(each)]
        found = [*(_TAIL.sub("", each)[:2] for each in words), *_SINGLE.findall(folded)]
        return frozenset(each for each in found if each not in self._everyday_words)

    @cached_property
    def _everyday_words(self) -> frozenset[str]:
        return frozenset(self.topic("everyday_words").values["words"].split())

    def is_yes_no(self, question: str) -> bool:
        """A noun alone asks for whatever there is to say of it, such as "무게는요?"."""
        return not _NOUN_ALONE.search(question) and super().is_yes_no(question)

    def subjects(self, question: str) -> frozenset[str]:
        """What stands before the verb, with its particle or without."""
        question = _TRAILING.sub("", question)
        found = list(_SUBJECT.finditer(question))
        things = [each for each in found if not question.startswith(" 수 ", each.end())]
        named: frozenset[str] = frozenset().union(*map(self._named, things))
        named = named or self.stems(" ".join(match[1] for match in _OBJECT.finditer(question)))
        return named or frozenset().union(*map(self._named, found))

    def _named(self, match: re.Match[str]) -> frozenset[str]:
        return (
            frozenset()
            if _ALLOWED.search(match.group())
            else self.stems(match[1]) or frozenset((match[1],)) - self._everyday_words
        )

    def narrowed(self, concerns: Iterable[str]) -> frozenset[str]:
        """When is when, whatever the size; and what is put in somewhere is more than that it is."""
        found = frozenset(concerns)
        for main, beside in _BESIDE.items():
            if main in found:
                found -= beside
        return found - _ANYTHING or found

    def held(self, clause: str, words: frozenset[str]) -> frozenset[str]:
        """Compounds have their nouns within them."""
        return frozenset(each for each in words if len(each) > 1 and each in clause)

    def announces(self, question: str) -> bool:
        """문의드립니다, before what is asked."""
        return _ANNOUNCING.search(question) is not None

    def is_aside(self, clause: str) -> bool:
        """Thanks for having been told or waited for, and a greeting alone."""
        greets = len(clause) <= _A_GREETING and self.topic("greetings").is_in(clause)
        return greets or self.topic("thanks").is_in(clause)

    def offers_a_choice(self, question: str) -> bool:
        """Two endings that ask, one right after the other: 생화인가요 조화인가요."""
        return _CHOICE.search(question) is not None

    def goes_on(self, clause: str) -> bool:
        """Whether it neither says yes or no nor names a thing to say something of."""
        return not _ANSWERS.search(clause)

    def opposable(self, sentence: str) -> bool:
        """By a figure, a yes or a no, in so few words that it is clear of what."""
        return claims(sentence)

    def opposed(self, said: str, told: str, asked: str, now: str) -> tuple[bool | None, str] | None:
        """By figures, by what can be or cannot, and by words that exclude each other."""
        return opposed(said, told, asked, now, self.stems, self._aspects)

    def _aspects(self, text: str) -> frozenset[str]:
        return frozenset(match.lastgroup for match in self.topic("aspects").matches(text) if match.lastgroup)

    def scolds(self, question: str, after: str) -> bool:
        """By what is in it, where neither an offer nor a matter of what the shopper has follows."""
        asks = _ASKING.search(question) and self.is_question(question)
        if not asks or _FOLLOWS.search(after) or self.is_question(after):
            return False
        return (
            self.topic("doubts").is_in(question)
            and not self.topic("honest_questions").is_in(question)
            and not self.topic("small_talk").is_in(question)
        )

    def level(self, sentence: str) -> Register | None:
        """By its ending."""
        return level_of(sentence, self)

    def register(self, sentences: Sequence[str]) -> Register | None:
        """By the endings, and by single words where no sentence has one."""
        return overall(map(self.level, sentences)) or guessed(sentences, self)
