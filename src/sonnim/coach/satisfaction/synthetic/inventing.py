"""Invents dialogues: a customer comes in a mood, service lifts or lowers it, what they say shows it."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from sonnim.coach.satisfaction.dialogues import LEAST, MOST, Dialogue, Said
from sonnim.coach.satisfaction.synthetic.sentences import sentences

_COMES = {"question": (0.34, 0.1), "trouble": (0.3, -0.45), "complaint": (0.26, -1.1), "wish": (0.1, 0.6)}
"""How often somebody comes for it, and in what mood, on the scale of satisfaction."""
_DOES: Mapping[str, Mapping[str, float]] = {
    "good": {"done": 0.45, "help": 0.35, "ask": 0.2},
    "slow": {"forward": 0.45, "ask": 0.35, "help": 0.15, "refuse": 0.05},
    "bad": {"cold": 0.35, "refuse": 0.3, "forward": 0.2, "again": 0.15},
}
_DESKS = {"good": 0.45, "slow": 0.35, "bad": 0.2}
_LIFTS = {"done": 1.0, "help": 0.45, "ask": 0.0, "forward": -0.2, "refuse": -0.4, "cold": -0.55, "again": -0.45}
_SHOWS = ((0.9, "delighted"), (0.35, "content"), (-0.35, "neutral"), (-0.75, "unconvinced"), (-1.1, "annoyed"))
_MEANS = {"delighted": 1.2, "content": 0.65, "unconvinced": -0.6, "annoyed": -1.0, "furious": -1.4}
_SWAY, _DOUBT, _LEFT_ALONE = 0.25, 0.12, 0.15
_MOST_EXCHANGES = 4


class _Talk:
    """One dialogue while it is made up."""

    def __init__(self, chance: random.Random, words: Mapping[str, Sequence[str]]) -> None:
        self.chance, self.words = chance, words
        self.turns: list[Said] = []
        self.mood = 0.0
        self.item = chance.choice(words["item"])
        self.came_for = ""

    def play(self) -> float:
        """Say it all, and give the satisfaction in the end."""
        self.came_for = self.chance.choices(list(_COMES), [often for often, _ in _COMES.values()])[0]
        self.mood = _COMES[self.came_for][1] + self.chance.gauss(0, _SWAY)
        self._customer(self.came_for, opener=self.came_for != "complaint" or self.chance.random() < 0.3)
        desk = self.chance.choices(list(_DESKS), list(_DESKS.values()))[0]
        for _ in range(self.chance.randint(1, _MOST_EXCHANGES)):
            if self._exchange(desk):
                break
        return min(max(self.mood + self.chance.gauss(0, _DOUBT), LEAST), MOST)

    def _exchange(self, desk: str) -> bool:
        """An answer and what the customer makes of it; whether that was the end."""
        deed = self.chance.choices(list(_DOES[desk]), list(_DOES[desk].values()))[0]
        self._serve(deed)
        if self.chance.random() < 0.25:
            return True
        asked = deed == "ask" and self.mood > _MEANS["annoyed"]
        shown = "neutral" if asked else self._shown()
        if shown == "neutral" and (self.chance.random() < 0.5 if not asked else self.chance.random() < 0.1):
            shown = "more"
        self._customer(shown)
        if shown in _MEANS:
            self.mood = 0.5 * self.mood + 0.5 * _MEANS[shown]
        if shown in {"delighted", "content"}:
            if self.chance.random() < 0.5:
                self._agent("warm")
            return True
        if self.chance.random() < 0.25:
            self.mood -= _LEFT_ALONE
            return True
        return False

    def _serve(self, deed: str) -> None:
        earlier = [said for said in self.turns if said.sender == "agent"]
        self.mood += _LIFTS[deed] * self.chance.uniform(0.7, 1.2)
        if deed == "again" and earlier:
            self.turns.append(earlier[-1])
            return
        if self.came_for in {"trouble", "complaint"} and deed != "cold" and self.chance.random() < 0.5:
            self._agent("cold" if deed == "again" else deed, before=self._pick("sorry"))
        else:
            self._agent("cold" if deed == "again" else deed, before=self._pick("hello"))

    def _shown(self) -> str:
        felt = self.mood + self.chance.gauss(0, _SWAY)
        return next((name for least, name in _SHOWS if felt > least), "furious")

    def _customer(self, kind: str, *, opener: bool = False) -> None:
        said = self._pick(kind)
        if kind in {"complaint", "annoyed", "furious"} and self.chance.random() < 0.3:
            said = f"{said} {self._pick(kind)}"
        self.turns.append(Said("customer", (self._pick("opener") if opener else "") + said))

    def _agent(self, kind: str, *, before: str = "") -> None:
        after = f" {self._pick('warm')}" if kind in {"done", "help"} and self.chance.random() < 0.3 else ""
        self.turns.append(Said("agent", f"{before}{self._pick(kind)}{after}"))

    def _pick(self, kind: str) -> str:
        return self.chance.choice(self.words[kind]).replace("{item}", self.item)


def invented(language: str, *, seed: int, half: int | None = None) -> Iterator[Dialogue]:
    """Dialogues without end; the same ones for the same seed."""
    chance = random.Random(f"{language} {seed} {half}")  # noqa: S311  nobody is to be kept from guessing it
    words = sentences(language, half)
    number = 0
    while True:
        talk = _Talk(chance, words)
        mean = round(talk.play(), 4)
        number += 1
        yield Dialogue(id=f"{language}-{number}", turns=talk.turns, mean=mean)


def some(language: str, count: int, *, seed: int = 0, half: int | None = None) -> list[Dialogue]:
    """The first of them."""
    return list(islice(invented(language, seed=seed, half=half), count))
