"""Which of several questions a draft has no word for, while it goes into another one."""

import re
from collections.abc import Sequence
from itertools import chain

from sonnim.coach.passage import Passage

_ALIKE = 5
"""Words that begin alike by so many letters are one word: "photo" and "photography"."""
_CLAUSE = re.compile(r"(?:(?!\band (?:you|your|we|it|they|the|its|there|i)\b)(?:[^,;:.!?\n]|[.,:](?=\d)))+")
_TURN = re.compile(r"[.!?;](?!\d)\s*|\n+|,? and (?=(?:you|your|we|the|there|i)\b)|, (?:and|but) (?=\w)")
_MAY = re.compile(r"(?:and |but |also |or )?(?:can|could|may)\b")
_MAY_LATER = re.compile(r"(?:[.!?;]|, and|, but| and you)(?= )[^.!?]*\b(?:can|may|could|can't|allowed|possible)\b")
_SIGNATURE = re.compile(r"\n[^\n]{0,40}[,!]\n[^\n]{0,60}\s*$")
_SALUTATION = re.compile(r"\s*(?:dear|hi|hello|good \w+)?[^,.!?\n]{0,30},?\s*\n")
_KINDS = {
    "age": "told_age",
    "choice": "told_choice",
    "count": "told_count",
    "length": "told_length",
    "measure": "told_measure",
    "price": "told_price",
    "time": "told_time",
    "weight": "told_weight",
}
_SHOWN = {"v_price", "v_time"}
"""Of these only a question for a figure is one, and that has its kind."""
_DEADLINE = "c_deadline"
_SAID = 4
"""So many words go into something."""


def overlooked(draft: Passage, questions: Sequence[str]) -> int | None:
    """Which question the draft says nothing of, if it plainly goes into another one.

    Args:
        questions: folded, in order.
    """
    if not draft.pack.whole_words or any(map(draft.pack.topic("asks_leave").is_in, questions)):
        return None
    stems = [draft.pack.stems(each) for each in questions]
    clauses = _clauses(draft)
    said = frozenset(chain.from_iterable(clauses))
    touched = []
    for place, question in enumerate(questions):
        others = frozenset(chain.from_iterable(each for at, each in enumerate(stems) if at != place))
        touched.append(_is_touched(draft, question, (stems[place] - others, said)))
    agrees = draft.pack.topic("agreeing").is_in(_body(draft).lower())
    touched[0] = touched[0] or (agrees and draft.pack.is_yes_no(questions[0]))
    missing = [place for place, is_touched in enumerate(touched) if not is_touched]
    strict = [place for place in missing if _kinds(draft, questions[place])]
    if not missing or (not any(touched) and (len(strict) != 1 or draft.pack.count_words(draft.folded) < _SAID)):
        return None
    for place in strict:
        return place
    if draft.says("another_yes") or draft.says("shopper_tasks") or not _stays_with_it(draft, stems, missing):
        return None
    for place in missing:
        begins = place == 0 and not (clauses and any(_alike(clauses[0], each) for each in stems[1:]))
        if not begins and stems[place] and not draft.pack.topic("openly_asked").is_in(questions[place]):
            return place
    return None


def _stays_with_it(draft: Passage, stems: Sequence[frozenset[str]], missing: Sequence[int]) -> bool:
    """Whether each sentence goes on with what the one before says, or with a question that is answered."""
    known = frozenset(chain.from_iterable(each for at, each in enumerate(stems) if at not in missing))
    for place, sentence in enumerate(_TURN.split(_body(draft))):
        words = draft.pack.stems(sentence.lower())
        if (
            place
            and words
            and not _alike(words, known)
            and not draft.pack.topic("goes_on_with").is_in(sentence.lower())
        ):
            return False
        known |= words
    return True


def _clauses(draft: Passage) -> list[frozenset[str]]:
    """The words of each clause, without the salutation and the closing."""
    words = (draft.pack.stems(match.group().lower()) for match in _CLAUSE.finditer(_body(draft)))
    return [each for each in words if each]


def _body(draft: Passage) -> str:
    text = draft.without((*draft.find("greetings"), *draft.find("openings")))
    start, end = _SALUTATION.match(text), _SIGNATURE.search(text)
    return text[start.end() if start else 0 : end.start() if end else len(text)]


def _kinds(draft: Passage, question: str) -> set[str]:
    return {each.lastgroup for each in draft.pack.topic("strictly_asked").matches(question) if each.lastgroup}


def _is_touched(draft: Passage, question: str, words: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether the draft has what answers a question, or any word of it."""
    topic = draft.pack.topic
    if kinds := _kinds(draft, question):
        return any(draft.says(_KINDS[each]) for each in kinds)
    asked = {each.lastgroup for each in topic("asked").matches(question)} - _SHOWN
    told = {each.lastgroup for each in topic("told").matches(draft.folded)}
    may = _MAY.match(question) and _MAY_LATER.search(_body(draft).lower())
    by_then = _DEADLINE in asked and draft.says("told_deadline")
    return bool(asked & told or may or by_then) or _alike(*words)


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    heads = {each[:_ALIKE] for each in others}
    return any(each[:_ALIKE] in heads for each in words)
