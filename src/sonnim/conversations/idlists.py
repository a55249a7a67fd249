"""Lists of ids as conversations keep them: JSON text, in the order in which they came."""

import msgspec

_ids = msgspec.json.Decoder(list[int])


def ids_of(text: str) -> list[int]:
    """The ids of a list."""
    return _ids.decode(text)


def with_id(text: str, identity: int) -> str:
    """The list with an id; it stays as it is if the id is there already."""
    found = ids_of(text)
    return text if identity in found else msgspec.json.encode([*found, identity]).decode()


def without_id(text: str, identity: int) -> str:
    """The list without an id."""
    return msgspec.json.encode([each for each in ids_of(text) if each != identity]).decode()
