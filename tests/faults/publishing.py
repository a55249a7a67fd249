"""Finds, in the source, every public function of an action module from which a publication can be reached.

Functions are followed through imports. What is called on an object is any method of that name, since nobody says of
which class the object is; what is called on the answer of another call is Django's, and is left out.
"""

import ast
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2] / "src" / "sonnim"
WRITERS = ("posting", "sessions")  # modules that write without being called actions
DOOR = "publish"  # Unit.publish
Function = tuple[str, str]  # module, name; a method's name begins with a dot


class Module(NamedTuple):
    """What a module defines, and from where its names come."""

    name: str
    functions: dict[str, list[ast.FunctionDef]]  # a method under ".name"
    imports: dict[str, str]  # local name → dotted origin


def publishing_functions(root: Path = ROOT) -> set[str]:
    """`accounts.actions.agents:add_agent`, … — all from which the door of the log can be reached."""
    modules = {module.name: module for module in map(lambda file: _read(file, root), _files(root))}
    methods: defaultdict[str, list[Function]] = defaultdict(list)
    for module in modules.values():
        for name in module.functions:
            if name.startswith("."):
                methods[name].append((module.name, name))
    calls = {
        (module.name, name): {target for body in bodies for target in _called(body, module, modules, methods)}
        for module in modules.values()
        for name, bodies in module.functions.items()
    }
    reaching = {("", DOOR)}
    while grown := {caller for caller, called in calls.items() if called & reaching} - reaching:
        reaching |= grown
    return {
        f"{module}:{name}"
        for module, name in reaching
        if _is_writer(tuple(module.split("."))) and not name.startswith(("_", "."))
    }


def _files(root: Path) -> list[Path]:
    # letters is pure, and whoever measures writes nothing that anybody follows
    aside = {"tests", "migrations", "letters", "bench", "commands"}
    return [file for file in root.rglob("*.py") if not aside & set(file.relative_to(root).parts)]


def _read(file: Path, root: Path) -> Module:
    parts = file.relative_to(root).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    functions: defaultdict[str, list[ast.FunctionDef]] = defaultdict(list)
    imports: dict[str, str] = {}
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            functions[node.name].append(node)
        elif isinstance(node, ast.ClassDef):
            for each in node.body:
                if isinstance(each, ast.FunctionDef):
                    functions[f".{each.name}"].append(each)
    for found in ast.walk(tree):  # some are imported where they are needed
        if isinstance(found, ast.ImportFrom) and found.module and found.module.split(".")[0] == root.name:
            origin = ".".join(found.module.split(".")[1:])
            for alias in found.names:
                imports[alias.asname or alias.name] = f"{origin}.{alias.name}".lstrip(".")
    return Module(name, functions, imports)


def _called(
    function: ast.FunctionDef, module: Module, modules: dict[str, Module], methods: dict[str, list[Function]]
) -> set[Function]:
    found: set[Function] = set()
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        path = _dotted(node.func)
        if len(path) == 1 and path[0] in module.functions:
            found.add((module.name, path[0]))
        elif path and path[0] in module.imports:
            found |= _resolved(".".join([module.imports[path[0]], *path[1:]]), modules)
        elif len(path) > 1 and path[0] != "?" and "objects" not in path:
            found |= {("", DOOR)} if path[-1] == DOOR else set(methods.get(f".{path[-1]}", ()))
    return found


def _dotted(node: ast.expr) -> list[str]:
    """`a.b.c` as its parts; where it begins with anything else, such as `f().c`, that is an unknown object."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [*(_dotted(node.value) or ["?"]), node.attr]
    return []


def _resolved(dotted: str, modules: dict[str, Module]) -> set[Function]:
    """The function that a dotted name means, through packages that hand names on."""
    where, _, name = dotted.rpartition(".")
    module = modules.get(where)
    if module is None:
        return set()
    if name in module.functions:
        return {(where, name)}
    handed_on = module.imports.get(name)
    return _resolved(handed_on, modules) if handed_on and handed_on != dotted else set()


def _is_writer(module: tuple[str, ...]) -> bool:
    return "actions" in module or module[-1] in WRITERS
