"""English."""

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from sonnim.coach.languages.en.opposites import Told, claims, opposed
from sonnim.coach.languages.pack import Pack, Register

_ARTICLE = re.compile(r"(?:^|(?<=\s))an?\s+$", re.IGNORECASE)
_NO_ARTICLE = re.compile(r"(?:the|an?|our|your|by|as|for|in|at|from)\s")

_BORROWED = re.compile(
    r"(?<=\s)(?:ne|le|les|du|des|et|au|aux|und|der|das|los|il|che|alla|loc|ante|quo)\b|^(?:je|le|les|ad|en|au|et) \w"
    r"|\b[a-z]{3,}(?:ung(?<!sprung)|keit|heit|schaft|barkeit|lich|bar(?<!crowbar)(?<!sidebar)(?<!minibar)(?<!handlebar))\b"
    r"|\b[a-z]{3,}(?:schein|zettel|karte|kasse|preis|kosten|stelle|dienst|beleg|auftrag|kunde|frist|nummer|versand"
    r"|tausch|marke|porto|geld|wert|buch|blatt|zeit|platz|lager|ausweis|vertrag|papier|waren|(?<!de)termin)(?:e[ns]?|n|s)?\b"
    r"|-vous\b|(?<=\s)(?:de|del|di|della|pour|sur|zur|zum|vom)\b(?! (?:facto|luxe|toilette|parfum|sac)\b)"
    r"|\b[a-z]{2,}(?:jang|gogi|jjigae|guksu|kimchi|myeon|tteok|chan|bap|jeon|gwa|hwachae|bok|jip|mono|shiki|zuke|yaki|jiru|maki)\b"
    r"|\b[a-z]{3,}(?:eaux?|euse|oise|ité|zione|zioni|mente|ción|ería|issimo|etto|etti)\b"
)

_TITLE = re.compile(r"(?:mrs?|ms|miss|dr)\.? ")
_NAME = re.compile(r"(?!(?:mrs?|ms|miss|dr)\b)[^\W\d_][\w'-]+")
_WORD = re.compile(r"[a-z]{3,}")
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ings?|e[dsr]|ers|ly|s|e)$")
_LONG_WORD = 5
_DOUBLED = re.compile(r"([bdgklmnprt])\1$")
_NAMED = re.compile(
    r"\b(?:the|an?|any|my|your|its|this|these|those|need|bring|include|offer|sell|contain|provide|accept|have|has|own)"
    r" (?!(?:the|any|your|its|this|these|those|you|been)\b)([a-z]{3,})"
)
_GOES_ON = re.compile(
    r"\s*(?:so(?! you)|because|since|which|even|where|as|whether|thanks to|from|in|for|with|at|by|including|up to"
    r"|within|every|until|between|although|though|if|unless|preferably|without|after|before|under|depending|usually"
    r"|normally|made|\d+ (?:mm|cm|km|m|kg|g|ml|l)|mostly|ideally)\b"
)


def _stem(word: str) -> str:
    word = f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else _ENDING.sub("", word)
    return _DOUBLED.sub(r"\1", word)


class English(Pack):
    """Words stand between spaces, so that patterns match whole ones."""

    code = "en"
    folder = Path(__file__).parent
    whole_words: ClassVar[bool] = True

    def register(self, sentences: Sequence[str]) -> Register | None:
        """By slang, by the words of letters, by contractions; English speech has no levels that could be mixed."""
        text = "\n".join(sentences)
        if self.topic("slang").is_in(text):
            return Register.PLAIN
        if self.topic("contractions").is_in(text):
            return Register.POLITE
        if self.topic("formal_words").is_in(text):
            return Register.FORMAL
        return Register.POLITE if self.topic("courtesies").is_in(text) else None

    def stems(self, folded: str) -> frozenset[str]:
        """Words of three letters and more, without plurals and endings of verbs."""
        return frozenset(_stem(each) for each in _WORD.findall(folded) if each not in self._everyday_words)

    @cached_property
    def _everyday_words(self) -> frozenset[str]:
        return frozenset(self.topic("everyday_words").values["words"].split())

    def subjects(self, question: str) -> frozenset[str]:
        """What stands after an article or the like; without one, all that tells, unless it is a single short word."""
        if named := self.stems(" ".join(_NAMED.findall(question))):
            return named
        said = self.stems(question)
        return said if len(said) > 1 or any(len(each) >= _LONG_WORD for each in said) else frozenset()

    def goes_on(self, clause: str) -> bool:
        return bool(_GOES_ON.match(clause))

    def opposable(self, sentence: str) -> bool:
        return claims(self, sentence)

    def opposed(self, said: str, told: str, asked: str, now: str) -> tuple[bool | None, str] | None:
        return opposed(self, said, Told(told, asked, now))

    def exempts(self, text: str) -> bool:
        return self.topic("exemptions").is_in(text)

    def declines(self, sentence: str, asked: str) -> bool:
        return self.topic("short_no").is_in(sentence) and self.topic("favours").is_in(asked)

    def is_foreign(self, term: str) -> bool:
        """Letters that English has only in borrowed words, or one of the borrowed words that are known."""
        return not term.isascii() or _BORROWED.search(term.lower()) is not None

    def put_instead(self, text: str, start: int, end: int, plain: str) -> tuple[int, int, str]:
        """The plain word takes the plural, the capital and the article of the other."""
        piece = text[start:end]
        if len(piece) > 2 and piece.endswith("s") and piece[:-1].isupper() and plain[-1:].isalpha():
            plain = f"{plain.removesuffix('s')}s"
        if article := _ARTICLE.search(text[:start]):
            start = article.start()
            if not _NO_ARTICLE.match(plain):
                plain = f"{'an' if plain[:1].lower() in 'aeiou' else 'a'} {plain}"
        begins = not text[:start].strip() or text[:start].rstrip()[-1] in ".!?\n"
        return start, end, plain[:1].upper() + plain[1:] if begins else plain

    def same_person(self, called: str, known: str) -> bool:
        """One name in common is enough; "Mr. Brown" may well be Tom, if only Tom is known."""
        names, others = (set(_NAME.findall(name.lower())) for name in (called, known))
        return bool(names & others) or bool(_TITLE.match(called.lower()) and len(others) < 2)

    def called_like(self, called: str, known: str) -> str:
        """The first name in the place of a first name, the last one after a title."""
        title, names = _TITLE.match(called.lower()), known.split()
        if title:
            return f"{called[: title.end()]}{names[-1]}"
        return known if " " in called else names[0]
