"""A draft beside its conversation, as the rules see it; what several rules need is read here, once."""

from itertools import takewhile
from typing import NamedTuple

from sonnim.coach.context import Context
from sonnim.coach.languages.pack import Pack
from sonnim.coach.languages.registry import pack_of
from sonnim.coach.lazily import lazy
from sonnim.coach.passage import Passage, Sentence, read
from sonnim.coach.terms import Term, terms_in
from sonnim.coach.text.figures import Figure
from sonnim.coach.text.scripts import weights
from sonnim.coach.text.spans import Span, trimmed

_A_WORD = 12


class Said(NamedTuple):
    """One message of the conversation."""

    role: str
    passage: Passage


class Reading:
    """Everything a rule may ask.

    Attributes:
        context: as it was handed over.
        draft: the draft as a passage: its sentences, questions, links, and what it says on a topic.
        pack: the draft's language, which a word such as "ok" does not tell; suggestions are in it.
    """

    def __init__(self, draft: str, context: Context) -> None:
        self.context = context
        self.draft = Passage(draft, context.lang)
        brief = sum(weights(draft).values()) < _A_WORD
        self.pack: Pack = pack_of(context.lang) if brief else self.draft.pack

    @property
    def text(self) -> str:
        return self.draft.text

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.draft.sentences

    @lazy
    def whole(self) -> Span:
        """The draft without the white space around it."""
        return trimmed(self.text, 0, len(self.text))

    @lazy
    def said(self) -> tuple[Said, ...]:
        """The whole conversation, oldest first."""
        fallback = self.context.lang
        return tuple([Said(turn.role, read(turn.text, fallback)) for turn in self.context.turns])

    @lazy
    def by_agent(self) -> tuple[Passage, ...]:
        return tuple([passage for role, passage in self.said if role == "agent"])

    @lazy
    def by_customer(self) -> tuple[Passage, ...]:
        return tuple([passage for role, passage in self.said if role == "customer"])

    @lazy
    def their_words(self) -> str:
        """All that the customer wrote, folded."""
        return "\n".join([passage.folded for passage in self.by_customer])

    @lazy
    def their_codes(self) -> tuple[tuple[Passage, Figure], ...]:
        """What looks like a code in the messages of the customer."""
        return tuple([(passage, each) for passage in self.by_customer for each in passage.codes])

    @property
    def is_first_reply(self) -> bool:
        """Whether nobody of the shop has written yet."""
        return bool(self.said) and not self.by_agent

    @lazy
    def unanswered(self) -> tuple[Passage, ...]:
        """What the customer wrote since the last reply, oldest first: that is what the draft answers."""
        found: list[Passage] = []
        for each in reversed(self.said):
            if each.role == "agent":
                break
            found.append(each.passage)
        return tuple(reversed(found))

    @lazy
    def just_said(self) -> tuple[Passage, ...]:
        """What the agent wrote since the customer did last: in a chat one answer is often several lines."""
        said = reversed(self.said)
        return tuple(each.passage for each in takewhile(lambda each: each.role == "agent", said))

    @lazy
    def open_questions(self) -> tuple[tuple[Passage, Sentence], ...]:
        """The questions among what is unanswered."""
        return tuple((passage, question) for passage in self.unanswered for question in passage.questions)

    @lazy
    def terms(self) -> tuple[Term, ...]:
        """The words of the draft that the shopper may not know."""
        return terms_in(self.draft, heard=self.by_customer, glossary=self.context.glossary)

    def is_in(self, topic: str, sentence: Sentence) -> bool:
        """Whether a sentence of the draft is on a topic; of what the draft cannot say, no sentence is asked."""
        found = self.pack.topic(topic)
        return found.may_be_in(self.draft.folded) and found.is_in(sentence.folded)

    def word(self, rule: str, key: str, **values: str) -> str:
        """A text of the coach in the draft's language, for suggestions."""
        return self.pack.words(rule)[key].format(**values)

    def message(self, rule: str, key: str, **values: str) -> str:
        """A text of the coach in the agent's language, for messages."""
        return pack_of(self.context.lang).words(rule)[key].format(**values)
