"""A channel's name stands in its own folder and in the registry, nowhere else: a new one is a folder and a line."""

import pytest

from tests.architecture.tree import SOURCE, Tree, is_test, texts

KINDS = f"{SOURCE}channels/kinds/"
REGISTRY = f"{SOURCE}channels/registry.py"


def kinds(tree: Tree) -> set[str]:
    """The channels that have a folder."""
    found = {path.removeprefix(KINDS).split("/")[0] for path in tree if path.startswith(KINDS)}
    return {name for name in found if not name.endswith(".py")}


def named_elsewhere(tree: Tree) -> list[str]:
    """`path:line` wherever a channel is named outside its folder and the registry."""
    known = kinds(tree)
    found = []
    for path, text in tree.items():
        if path == REGISTRY or path.endswith(".md") or is_test(path):
            continue
        others = {kind for kind in known if not path.startswith(f"{KINDS}{kind}/")}
        for number, line in enumerate(text.splitlines(), 1):
            found += [f"{path}:{number} names {kind}" for kind in sorted(others) if kind in line.lower()]
    return found


def product() -> Tree:
    # The schema is made from the server's code, where each name stands in its place.
    made = ("web/protocol/openapi.json", "web/protocol/src/schema.d.ts", "web/package-lock.json")
    return texts(lambda path: path.startswith((SOURCE, "web/")) and path not in made)


def test_no_channel_is_named_outside_its_folder() -> None:
    assert named_elsewhere(product()) == []


def test_the_registry_knows_every_folder() -> None:
    tree = product()
    assert kinds(tree)
    assert [kind for kind in kinds(tree) if f"{kind}.CHANNEL" not in tree[REGISTRY]] == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/sonnim/conversations/rules.py", 'if state.channel == "pigeon":'),
        ("src/sonnim/conversations/models.py", "CHANNELS = [('Pigeon', 'Pigeon post')]"),
        ("src/sonnim/channels/kinds/raven/api.py", "from sonnim.channels.kinds.pigeon import loft"),
        ("web/console/features/inbox/Row.tsx", 'const icon = channel === "pigeon" ? "bird" : "mail";'),
    ],
)
def test_a_channel_named_in_a_strange_place_is_found(path: str, text: str) -> None:
    tree = {f"{KINDS}pigeon/__init__.py": 'KIND = "pigeon"', REGISTRY: "from x import pigeon", path: f"\n{text}"}
    assert named_elsewhere(tree) == [f"{path}:2 names pigeon"]
