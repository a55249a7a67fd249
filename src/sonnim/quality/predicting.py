"""What a shopper would have said of a conversation. Free of Django; a model is read when it is first asked."""

import functools
import hashlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sonnim.coach.context import Turn
from sonnim.quality.talk import Talk

if TYPE_CHECKING:
    from sonnim.coach.satisfaction.model import Model

logger = logging.getLogger(__name__)
MOST_TEXT, LONGEST_TURN = 20_000, 2_000
"""Characters that are read, in a tenth of a second; of a longer conversation the first turn and the last ones."""
SHIPPED = "shipped"
_KINDS = {"surveys", "data", "synthetic"}
Stamp = tuple[int, int, int]


class Measured(msgspec.Struct, frozen=True):
    """How a model did on `dialogues` that it had not seen; as coach.satisfaction.about.Measured."""

    language: str
    dialogues: int
    spearman: float | None
    auc: float | None
    error: float


class Source(msgspec.Struct, frozen=True):
    """A model that can be asked: its file, by whose content it is named, and how far it can be believed."""

    path: str
    version: str
    kind: str
    dialogues: int
    measured: list[Measured]


class Foreseen(msgspec.Struct, frozen=True):
    """Satisfaction in hundredths of -2 to 2, and how probable it is, in thousandths, that the shopper is unhappy."""

    satisfaction: int
    unhappy: int


def source_at(own: Path) -> Source:
    """The shop's own model where there is one that can be used, else the one that comes with the product."""
    found = _read(own)
    if found is None:
        from sonnim.coach.satisfaction.shipped import FILE, ON_REAL

        version, model = _read_surely(FILE)
        measured = [_measured(each) for each in ON_REAL]
        return Source(str(FILE), version, SHIPPED, model.about.dialogues, measured)
    version, model = found
    measured = [_measured(each) for each in model.about.measured if each.language == "all"]
    kind = model.about.source if model.about.source in _KINDS else "data"
    return Source(str(own), version, kind, model.about.dialogues, measured)


def foreseen(talk: Talk, source: Source) -> Foreseen | None:
    """What its shopper would say of a conversation; None if they have said so, or if one side was silent."""
    from sonnim.coach.satisfaction.dialogues import Dialogue, Said

    if talk.solved is not None or not talk.replies or not any(each.role == "customer" for each in talk.turns):
        return None
    found = _read(Path(source.path))
    if found is None or found[0] != source.version:
        return None  # put in its place a moment ago: the next one who asks is told of the new one
    said = found[1].predict(Dialogue(turns=[Said(each.role, each.text[:LONGEST_TURN]) for each in _read_of(talk)]))
    return Foreseen(round(said.satisfaction * 100), round(said.unhappy * 1000))


def _read_of(talk: Talk) -> list[Turn]:
    first, *later = talk.turns
    room = MOST_TEXT - len(first.text[:LONGEST_TURN])
    last = []
    for turn in reversed(later):
        room -= max(1, len(turn.text[:LONGEST_TURN]))
        if room < 0:
            break
        last.append(turn)
    return [first, *reversed(last)]


def _measured(found: object) -> Measured:
    return msgspec.convert(found, Measured, from_attributes=True)


def _read(path: Path) -> "tuple[str, Model] | None":
    """The model of a file with its version, as the file is now; None where there is none to be used."""
    try:
        about = path.stat()
    except OSError:
        return None
    return _decoded(path, (about.st_mtime_ns, about.st_size, about.st_ino))


def _read_surely(path: Path) -> "tuple[str, Model]":
    found = _read(path)
    if found is None:
        raise FileNotFoundError(path)
    return found


@functools.lru_cache(maxsize=4)
def _decoded(path: Path, stamp: Stamp) -> "tuple[str, Model] | None":
    from sonnim.coach.satisfaction.files import MAX_FILE, NoModel, decoded

    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
        return hashlib.sha256(content).hexdigest()[:12], decoded(content)
    except (OSError, NoModel) as error:
        logger.warning("%s is not used, satisfaction is predicted by the model that comes along: %s", path, error)
        return None
