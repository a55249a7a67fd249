"""What a refusal is, and whether a reason and another way go with it."""

import re
from collections.abc import Iterable
from itertools import takewhile

from sonnim.coach.passage import Passage, Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.text.spans import Span, blanked

_CLAUSE_ENDS = ".,;:!?。，；：！？、\n"
MOST = 20
LONGEST = 200
"""A text that only refuses is not read to its end."""

_COMMA = re.compile("[,，;；:：]")
_NEUTRAL = ("greetings", "openings", "courtesies", "partings", "sympathy", "alternatives")


def refusing_sentence(passage: Passage, asked: Iterable[Passage] = ()) -> Sentence | None:
    """The first sentence that says no to what the shopper wants; a bare no does if a favour was asked."""
    if not passage.says("negations"):
        return None
    for span in passage.find("refusals")[:MOST]:
        sentence = passage.sentence_at(span.start)
        if sentence is not None and not passage.folded[slice(*_clause(passage, span))].endswith(("?", "？")):
            return sentence
    wanted = [each.folded for each in asked if each.pack is passage.pack]
    declining = (each for each in passage.sentences if any(passage.pack.declines(each.folded, it) for it in wanted))
    return next(declining, None)


def has_reason(passage: Passage, refusing: Sentence) -> bool:
    """Whether it is said why: by a word that gives reasons, or by a plain statement right before or after the no."""
    if passage.says("reasons"):
        return True
    place, offers = passage.sentences.index(refusing), passage.pack.topic("alternatives").is_in
    clauses = list(takewhile(lambda each: not offers(each), parts := _COMMA.split(refusing.folded)))
    goes_on = len(clauses) == len(parts)
    beside = passage.sentences[max(0, place - 1) : place] + passage.sentences[place + 1 : place + 1 + goes_on]
    return any(_states(passage, each) for each in (*(each.folded for each in beside), *clauses))


def has_alternative(passage: Passage) -> bool:
    """Whether anything is offered besides the no; "if you have other questions" offers nothing."""
    no = [_clause(passage, span) for span in passage.find("refusals")[:MOST]]
    text = blanked(passage.folded, [*no, *passage.find("partings")])
    return passage.pack.topic("alternatives").is_in(text)


def told_before(reading: Reading, topic: str) -> bool:
    """Whether an earlier reply that refused said it already; a further line of an answer has the rest around it."""
    if reading.just_said:
        return True
    return any(passage.says("refusals") and passage.says(topic) for passage in reading.by_agent)


def _states(passage: Passage, folded: str) -> bool:
    """Whether a sentence, or a part of one, says how things are."""
    pack, said = passage.pack, folded.strip(" .,!~。！，")
    if pack.is_question(said) or folded.rstrip().endswith(("?", "？")) or pack.is_short(said):
        return False
    return not any(pack.topic(topic).is_in(said) for topic in (*_NEUTRAL, "refusals"))


def _clause(passage: Passage, no: Span) -> Span:
    """The no with what follows it, its question mark too, up to where the sentence ends or turns to something else."""
    sentence, end = passage.sentence_at(no.start), no.end
    last = max(end, sentence.end) if sentence else len(passage.folded)
    while end < min(last, no.end + LONGEST) and passage.folded[end] not in _CLAUSE_ENDS:
        end += 1
    turn = min((each.start for each in passage.find("turning") if no.end <= each.start < end), default=end)
    asks = turn == end and passage.folded[end : end + 1] in ("?", "？")
    return Span(no.start, turn + asks)
