"""`register-mixed`: familiar speech among polite speech, in the draft or after what the shop has said before."""

from collections.abc import Iterable, Iterator

from sonnim.coach.languages.pack import Pack, Register
from sonnim.coach.marks import Severity
from sonnim.coach.passage import Passage, Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "register-mixed"
_POLITE = {Register.POLITE, Register.FORMAL, Register.MIXED}
_RECENT = 3
_BULLETS = ("- ", "• ", "· ", "* ", "▪ ", "※ ")
"""What stands in a list may be short, however polite the rest is."""


def find(reading: Reading) -> Iterator[Finding]:
    pack = reading.pack
    told = (each for each in reading.sentences if not each.folded.startswith(_BULLETS))
    own = [(each, slips) for each in told if (slips := pack.slips(each.folded))]
    if not own:
        return
    if _is_polite(reading.sentences, pack):
        why = "why"
    elif _was_polite(reading.by_agent, pack):
        why = "before"
    else:
        return
    for sentence, slips in own:
        for slip in slips:
            yield Finding(sentence.start + slip.start, sentence.start + slip.end, slip.instead, why)


def _is_polite(sentences: Iterable[Sentence], pack: Pack) -> bool:
    return any(pack.level(each.folded) in _POLITE for each in sentences)


def _was_polite(earlier: tuple[Passage, ...], pack: Pack) -> bool:
    """Whether the last replies were polite throughout, so that the change would be heard."""
    last = [each for each in earlier if each.pack is pack][-_RECENT:]
    levels = {level for each in last for level in each.levels if level is not None}
    return bool(levels) and Register.PLAIN not in levels and Register.MIXED not in levels


RULE = Rule(ID, Severity.WARNING, find)
