"""Chinese levels of speech: 您 or 你."""

from typing import TYPE_CHECKING

from sonnim.coach.languages.pack import Register

if TYPE_CHECKING:
    from sonnim.coach.languages.pack import Pack


def level_of(sentence: str, pack: "Pack") -> Register | None:
    """The level that the word for you shows."""
    polite, plain = pack.topic("polite_you").is_in(sentence), pack.topic("plain_you").is_in(sentence)
    if polite and plain:
        return Register.MIXED
    return Register.POLITE if polite else Register.PLAIN if plain else None
