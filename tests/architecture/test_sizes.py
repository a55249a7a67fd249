"""No file grows beyond what a person reads in one sitting."""

import ast

from tests.architecture.tree import Tree, is_test, texts

PYTHON, TSX, TEST, IMPORTS = 400, 250, 600, 20


def too_long(tree: Tree) -> list[str]:
    """Files over their limit of lines: 400 for Python, 250 for TSX, 600 for tests of either."""
    found = []
    for path, text in tree.items():
        lines = text.count("\n")
        limit = TEST if is_test(path) else TSX if path.endswith(".tsx") else PYTHON
        if lines > limit:
            found.append(f"{path}: {lines} lines, {limit} are the limit")
    return found


def too_dependent(tree: Tree) -> list[str]:
    """Python files that import from more than 20 modules, wherever in the file they do."""
    found = []
    for path, text in tree.items():
        modules: set[str] = set()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                modules |= {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom):
                modules.add(node.module or "")
        if len(modules) > IMPORTS:
            found.append(f"{path}: imports from {len(modules)} modules, {IMPORTS} are the limit")
    return found


def test_no_file_is_too_long() -> None:
    assert too_long(texts(lambda path: path.endswith((".py", ".ts", ".tsx")) and not path.endswith(".d.ts"))) == []


def test_no_file_imports_too_much() -> None:
    assert too_dependent(texts(lambda path: path.endswith(".py") and not path.startswith("tests/"))) == []


def test_one_line_too_many_is_found() -> None:
    tree = {
        "src/sonnim/a.py": "\n" * 401,
        "src/sonnim/b.py": "\n" * 400,
        "web/console/C.tsx": "\n" * 251,
        "web/console/d.ts": "\n" * 400,
        "src/sonnim/x/tests/test_e.py": "\n" * 600,
        "web/console/f.test.tsx": "\n" * 601,
    }
    assert [line.split(":")[0] for line in too_long(tree)] == [
        "src/sonnim/a.py", "web/console/C.tsx", "web/console/f.test.tsx",
    ]  # fmt: skip


def test_a_hidden_import_counts() -> None:
    twenty = "".join(f"import m{number}\n" for number in range(20))
    again, inside = "def f():\n    import m1\n", "def f():\n    from a import b\n"
    assert too_dependent({"a.py": twenty + again}) == []
    assert too_dependent({"a.py": twenty + inside}) == ["a.py: imports from 21 modules, 20 are the limit"]
