"""The documents are true: what they name exists, and what exists is named."""

import re

from tests.architecture.tree import ROOT, SOURCE, Tree, project_files, sources, texts

_VARIABLE = re.compile(r"\bSONNIM_[A-Z_]+[A-Z]\b")
_NOT_THE_OPERATORS = ("src/sonnim/bench/",)


def documents() -> Tree:
    return texts(lambda path: path.startswith("docs/") and path.endswith(".md"))


def named_paths(text: str) -> set[str]:
    """The paths in a document's code spans; a file that follows another one shares its folder."""
    found: set[str] = set()
    folder = ""
    for line in text.splitlines():
        for span in re.findall(r"`([\w./-]+)`", line):
            if span.startswith(("src/", "web/", "tests/", "docs/", "requirements/")):
                found.add(span)
                folder = span.rpartition("/")[0]
            elif re.fullmatch(r"(src/)?[\w.]+\.(py|ts|json|d\.ts)", span) and folder:
                found.add(f"{folder}/{span}")
        folder = ""
    return found


def absent(text: str, files: tuple[str, ...]) -> list[str]:
    """Paths that a document names and the project does not have."""
    return [
        path
        for path in sorted(named_paths(text))
        if path not in files and not any(file.startswith(f"{path.rstrip('/')}/") for file in files)
    ]


def unnamed(text: str, packages: set[str]) -> list[str]:
    """Packages that a document does not name."""
    return sorted(package for package in packages if f"`{package}/`" not in text)


def test_every_path_that_the_directory_names_exists() -> None:
    assert absent(documents()["docs/directory.md"], project_files()) == []


def test_every_package_is_in_the_directory() -> None:
    packages = {path.rpartition("/")[0] for path in sources() if path.count("/") == 3 and path.endswith("__init__.py")}
    assert len(packages) > 8
    assert unnamed(documents()["docs/directory.md"], packages) == []


def test_every_module_of_the_spine_is_in_the_directory() -> None:
    usual = "__init__ models actions queries rules api schemas shapes apps urls settings"
    domains = ("config", "realtime", "conversations", "contacts", "accounts", "eventlog", "kernel")
    text = documents()["docs/directory.md"]
    modules = {
        path.rpartition("/")[2]
        for path in sources()
        if path.count("/") == 3 and path.split("/")[2] in domains and path.rpartition("/")[2][:-3] not in usual.split()
    }
    missing = [name for name in sorted(modules) if not re.search(rf"[`/]{re.escape(name)}`", text)]
    assert missing == []


def variables(tree: Tree) -> set[str]:
    """The environment variables that a tree names."""
    return {name for text in tree.values() for name in _VARIABLE.findall(text)}


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    read = variables({path: text for path, text in sources().items() if not path.startswith(_NOT_THE_OPERATORS)})
    told = variables({"": documents()["docs/operations.md"]})
    assert read - told == set()
    assert {name for name in told if name.removesuffix("_FILE") not in read} == set()


def test_every_frame_error_and_close_code_is_in_the_reference() -> None:
    from sonnim.kernel import errors
    from sonnim.realtime import connection
    from sonnim.realtime.schema import CLIENT_FRAMES, SERVER_FRAMES

    text = documents()["docs/architecture.md"]
    tags = [kind.__struct_config__.tag for kind in CLIENT_FRAMES.values()]
    tags += [name.removesuffix("Frame").lower() for name in SERVER_FRAMES]
    frames = [tag for tag in tags if not re.search(rf"`{tag}[ `]", text)]
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.SonnimError)]
    codes = [kind.code for kind in kinds if kind.code != "error" and f"`{kind.code}`" not in text]
    closes = (connection.UNAUTHENTICATED, connection.REVOKED, connection.TOO_SLOW, connection.ABUSE, connection.RESTART)
    assert [frames, codes, [code for code in closes if f"| {code} |" not in text]] == [[], [], []]


def broken_links(tree: Tree) -> list[str]:
    """`path → target` of links between documents that lead nowhere."""
    return [
        f"{path} → {target}"
        for path, text in tree.items()
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
        if not ((ROOT / path).parent / target).exists()
    ]


def test_links_between_documents_lead_somewhere() -> None:
    readme = texts(lambda path: path.endswith(".md") and "/" not in path)
    assert broken_links({**documents(), **readme}) == []


def test_decisions_are_numbered_once_and_have_three_parts() -> None:
    decisions = {path: text for path, text in documents().items() if "/decisions/" in path}
    numbers = [path.rpartition("/")[2][:4] for path in decisions]
    assert len(set(numbers)) == len(numbers)
    parts = ("## Context", "## Decision", "## Consequences")
    assert [path for path, text in decisions.items() if any(part not in text for part in parts)] == []


def test_a_document_that_is_wrong_is_found() -> None:
    text = "| `src/sonnim/a.py`, `b.py` | x |\n| `src/sonnim/gone/` | y |"
    assert absent(text, ("src/sonnim/a.py",)) == ["src/sonnim/b.py", "src/sonnim/gone/"]
    assert unnamed(text, {"src/sonnim/gone", "src/sonnim/new"}) == ["src/sonnim/new"]
    assert broken_links({"docs/planted.md": "see [here](nowhere.md) and [there](architecture.md)"}) == [
        "docs/planted.md → nowhere.md"
    ]
    assert variables({f"{SOURCE}x.py": 'text("SONNIM_PLANTED")'}) == {"SONNIM_PLANTED"}
