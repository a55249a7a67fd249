"""An action is called by names alone, and says of each what it takes: `resolve(shop_id=1, conversation_id=5, by=3)`."""

import ast

from tests.architecture.tree import Tree, sources


def is_action_module(path: str) -> bool:
    """Whether a file's functions are actions."""
    return path.endswith("/actions.py") or "/actions/" in path


def loose_actions(tree: Tree) -> list[str]:
    """`path:line name: what is wrong` for public functions that take positions or leave something untyped."""
    found = []
    for path, text in tree.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                found += [f"{path}:{node.lineno} {node.name}: {wrong}" for wrong in _wrongs(node)]
    return found


def _wrongs(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    given = function.args
    wrong = [f"{each.arg} is positional" for each in [*given.posonlyargs, *given.args]]
    if given.vararg:
        wrong.append(f"*{given.vararg.arg} is positional")
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, *([given.kwarg] if given.kwarg else [])]
    wrong += [f"{each.arg} has no type" for each in named if each.annotation is None]
    if function.returns is None:
        wrong.append("the answer has no type")
    return wrong


def test_every_action_is_keyword_only_and_annotated() -> None:
    actions = {path: text for path, text in sources().items() if is_action_module(path)}
    assert actions
    assert loose_actions(actions) == []


def test_loose_actions_are_found() -> None:
    tree = {
        "a/actions.py": "def close(shop_id: int) -> None: ...\n"
        "def open(*, shop_id) -> None: ...\n"
        "def wake(*, limit: int = 5): ...\n"
        "def many(*ids: int) -> None: ...\n"
        "def fine(*, shop_id: int, **rest: str) -> None: ...\n"
        "def _own(shop_id): ...\n"
    }
    assert loose_actions(tree) == [
        "a/actions.py:1 close: shop_id is positional",
        "a/actions.py:2 open: shop_id has no type",
        "a/actions.py:3 wake: the answer has no type",
        "a/actions.py:4 many: *ids is positional",
    ]
