"""`sensitive`: asks for a card number, a password or an identity number, or shows one, or somebody else's data."""

import re
from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.offers import clause
from sonnim.coach.passage import Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.spans import Span, overlapping

ID = "sensitive"
_SHORT = 40
_CARD = re.compile(r"(?<![\d-])(?:[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}|3\d{3}[ -]?\d{6}[ -]?\d{5})(?![\d-])")
_IDENTITY = re.compile(r"(?<![\d-])(?:\d{6}-[1-8]\d{6}|[1-9]\d{5}(?:19|20)\d{9}[\dx]|\d{3}-\d{2}-\d{4})(?![\d-])")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?<![\d-])\+?\d[\d -]{6,14}\d(?![\d-])")
_NUMBER = re.compile(r"\d")


def find(reading: Reading) -> Iterator[Finding]:
    shown = [*_cards(reading), *_identities(reading), *_passwords(reading)]
    yield from shown
    spans = [Span(each.start, each.end) for each in shown]
    if not reading.draft.says("secrets") and not reading.draft.says("other_customers"):
        return
    offered = False
    for sentence in reading.sentences:
        if overlapping(sentence.span, spans):
            continue
        if _asks(reading, sentence):
            yield Finding(*sentence.span, None if offered else reading.word(ID, "suggestion"))
            offered = True
        elif _tells(reading, sentence):
            yield Finding(*sentence.span, why="why_other")


def _cards(reading: Reading) -> Iterator[Finding]:
    for match in _CARD.finditer(reading.draft.folded):
        sentence = reading.draft.sentence_at(match.start())
        grouped = bool(match[1])
        named = sentence is not None and reading.pack.topic("card_words").is_in(sentence.folded)
        if named or (grouped and _luhn(match.group())):
            yield Finding(*match.span(), reading.word(ID, "masked", digits=match.group()[-4:]), why="why_shown")


def _luhn(number: str) -> bool:
    """The check sum that the numbers of payment cards carry (ISO/IEC 7812-1)."""
    digits = [int(each) for each in reversed(number) if each.isdigit()]
    return sum(sum(divmod(2 * each, 10)) if place % 2 else each for place, each in enumerate(digits)) % 10 == 0


def _identities(reading: Reading) -> Iterator[Finding]:
    for match in _IDENTITY.finditer(reading.draft.folded):
        sentence = reading.draft.sentence_at(match.start())
        if sentence is not None and reading.pack.topic("identity_words").is_in(sentence.folded):
            yield Finding(*match.span(), why="why_shown")


def _passwords(reading: Reading) -> Iterator[Finding]:
    for span in reading.draft.find("passwords_shown"):
        yield Finding(*span, why="why_shown")


def _asks(reading: Reading, sentence: Sentence) -> bool:
    topic = reading.pack.topic
    if topic("secret_warnings").is_in(sentence.folded):
        return False
    if len(sentence.text) <= _SHORT and topic("secrets").is_in(sentence.folded):
        return topic("asks_for").is_in(sentence.folded)
    parts = (clause(sentence, sentence.start + each.start) for each in topic("secrets").spans(sentence.folded))
    return any(topic("asks_for").is_in(part) for part in parts)


def _tells(reading: Reading, sentence: Sentence) -> bool:
    """Whether the phone, the mail or the address of another customer is given away."""
    topic = reading.pack.topic
    if not topic("other_customers").is_in(sentence.folded) or topic("secret_warnings").is_in(sentence.folded):
        return False
    if topic("address_words").is_in(sentence.folded) and _NUMBER.search(sentence.folded):
        return True
    place = reading.sentences.index(sentence)
    said = " ".join(each.folded for each in reading.sentences[place : place + 2])
    given = "".join(passage.folded for passage in reading.by_customer)
    return any(match.group() not in given for match in _CONTACT.finditer(said))


RULE = Rule(ID, Severity.SERIOUS, find)
