"""Finds, in the source, every public function of an action module from which a publication can be reached."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "src" / "sonnim"
WRITERS = ("posting", "sessions")  # modules that write without being called actions
DOOR = "publish"


def publishing_functions(root: Path = ROOT) -> set[str]:
    """`accounts.actions.agents:add_agent`, … — by the names that each function calls, over all modules."""
    calls: defaultdict[str, set[str]] = defaultdict(set)
    public: dict[str, str] = {}
    for file in root.rglob("*.py"):
        if {"tests", "migrations"} & set(file.parts):
            continue
        module = file.relative_to(root).with_suffix("").parts
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            for function in _functions(node):
                calls[function.name] |= _called(function)
            if isinstance(node, ast.FunctionDef) and _is_writer(module) and not node.name.startswith("_"):
                public[f"{'.'.join(module)}:{node.name}"] = node.name
    reaching = {DOOR}
    while grown := {name for name, called in calls.items() if called & reaching} - reaching:
        reaching |= grown
    return {where for where, name in public.items() if name in reaching}


def _is_writer(module: tuple[str, ...]) -> bool:
    return "actions" in module or module[-1] in WRITERS


def _functions(node: ast.stmt) -> list[ast.FunctionDef]:
    if isinstance(node, ast.FunctionDef):
        return [node]
    return [each for each in node.body if isinstance(each, ast.FunctionDef)] if isinstance(node, ast.ClassDef) else []


def _called(function: ast.FunctionDef) -> set[str]:
    """Names called plainly or at the end of a dotted name: `record(…)`, `self._work.publish(…)`, not `x.f().y()`."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                found.add(node.func.id)
            elif isinstance(node.func, ast.Attribute) and _is_dotted(node.func.value):
                found.add(node.func.attr)
    return found


def _is_dotted(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and _is_dotted(node.value))
