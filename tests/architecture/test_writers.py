"""Rows are written by actions (and by the bulk writer beneath them); everything else reads."""

import ast
import re

import pytest

from tests.architecture.test_actions import is_action_module
from tests.architecture.tree import SOURCE, Tree, sources

BENEATH_ACTIONS = {
    "accounts/audit.py": "notes what an action did, inside the action's unit",
    "accounts/callers.py": "notes when an API token was last used",
    "accounts/models.py": "Django's manager makes a user for its own commands",
    "accounts/sessions.py": "is the store of sessions",
    "channels/inbound.py": "is the store of what came in, below any action",
    "bench/": "fills and measures databases of its own",
    "contacts/saving.py": "saves what the actions of contacts have decided",
    "conversations/amending.py": "changes lines that are written, beneath edits and redactions",
    "conversations/change.py": "is the bulk writer of timelines",
    "conversations/deeds.py": "is what single and bulk actions share",
    "conversations/files.py": "keeps a file and its row together",
    "conversations/posting.py": "is the action of posting, in batches",
    "conversations/state.py": "holds the columns that the bulk writer saves",
    "demo/history.py": "dates back what it plays",
    "plan/clocks/keeping.py": "notes how clocks ended, in the change that ended them",
    "eventlog/rewriting.py": "takes what must not be known any more out of the log",
    "eventlog/log.py": "is the unit of work and the only writer of the log",
    "eventlog/outbox.py": "keeps the state of side effects",
    "search/index.py": "keeps the index in step with the texts, in the transaction that writes these",
    "kernel/sql.py": "has the bulk statements themselves",
}
"""Writers that are no actions, and why they may."""

_WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
_WRITES |= {f"a{name}" for name in _WRITES}
_ALWAYS = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
_NO_ROWS = {"router", "default_storage", "cache"}
_RAW = re.compile(r"\b(INSERT INTO|UPDATE \S+ (AS \w+ )?SET|DELETE FROM)\b")


def writes(tree: Tree) -> list[str]:
    """`path:line` of every statement that writes rows."""
    found = []
    for path, text in tree.items():
        tables = ast.parse(text)
        documentation = _docstrings(tables)
        for node in ast.walk(tables):
            raw = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
            if (raw and _RAW.search(node.value)) or (isinstance(node, ast.Call) and _is_write(node)):  # type: ignore[attr-defined]
                found.append(f"{path}:{node.lineno}")  # type: ignore[attr-defined]
    return sorted(set(found))


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name, chain = call.func.attr, _chain(call.func.value)
    if name in {"insert_rows", "update_rows"}:
        return True
    if name not in _WRITES or (chain[:1] and chain[0] in _NO_ROWS):
        return False
    through_manager = bool({"objects", "_default_manager", "_base_manager"} & set(chain))
    # A dict, a set or a hash has an `update` too; a row that was fetched has `save` and `delete` on itself.
    return through_manager or name in _ALWAYS or (name == "delete" and len(chain) == 1)


def _chain(node: ast.expr) -> list[str]:
    """The names of `a.b(…).c[0]` from the left."""
    match node:
        case ast.Attribute():
            return [*_chain(node.value), node.attr]
        case ast.Call():
            return _chain(node.func)
        case ast.Subscript():
            return _chain(node.value)
        case ast.Name():
            return [node.id]
    return []


def _docstrings(module: ast.Module) -> set[int]:
    return {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}


def may_write(path: str) -> bool:
    return is_action_module(path) or path.removeprefix(SOURCE).startswith(tuple(BENEATH_ACTIONS))


def test_only_actions_write_rows() -> None:
    assert (
        writes({path: text for path, text in sources().items() if not may_write(path) and "/migrations/" not in path})
        == []
    )


def test_every_exception_is_still_needed() -> None:
    tree = sources()
    idle = [
        exception
        for exception in BENEATH_ACTIONS
        if not writes({path: text for path, text in tree.items() if path.startswith(SOURCE + exception)})
    ]
    assert idle == []


@pytest.mark.parametrize(
    "line",
    [
        "contact.save()",
        "Contact.objects.create(name='x')",
        "Contact.objects.filter(pk=1).update(name='x')",
        "Contact.objects.all()[0].delete()",
        "contact.delete()",
        "Contact.objects.bulk_create(rows)",
        "conversation.entries.bulk_update(rows, ['text'])",
        "cursor.execute('UPDATE contacts_contact SET name = %s', [name])",
        "cursor.execute(f'DELETE FROM {table}')",
        "sql.insert_rows(cursor, 'contacts_contact', columns, rows)",
    ],
)
def test_a_write_in_a_query_is_found(line: str) -> None:
    assert writes({"src/sonnim/contacts/queries.py": f"import x\n{line}\n"}) == ["src/sonnim/contacts/queries.py:2"]


@pytest.mark.parametrize(
    "line",
    [
        "settings.update(name='x')",
        "digest.update(b'x')",
        "@router.delete('/teams/{team_id}')\ndef gone(): ...",
        "Contact.objects.filter(pk=1).first()",
        "'''How an INSERT INTO would look.'''",
        "default_storage.delete(key)",
    ],
)
def test_what_writes_no_row_is_no_offence(line: str) -> None:
    assert writes({"src/sonnim/contacts/queries.py": f"{line}\n"}) == []
