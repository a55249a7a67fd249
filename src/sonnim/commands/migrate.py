"""`sonnim migrate`: brings the tables up to date, one process at a time."""

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path

# Any number will do, as long as every version of Sonnim takes the same one.
ADVISORY_LOCK = 7_306_649


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    subparsers.add_parser("migrate", help="bring the database's tables up to date (`up` does this by itself)")


def run(args: argparse.Namespace) -> int:
    import django

    django.setup()
    count = apply_pending()
    print(f"{count} migrations applied." if count else "The tables are up to date.")
    return 0


def is_fresh() -> bool:
    """Whether the database holds nothing of ours yet."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return not MigrationRecorder(connection).applied_migrations()


def apply_pending() -> int:
    """Applies what is pending and returns how many migrations that was; 0 costs one query and no lock."""
    from django.core.management import call_command

    if count_pending() == 0:
        return 0
    with _exclusively():
        pending = count_pending()
        if pending:
            call_command("migrate", interactive=False, verbosity=0)
    return pending


def count_pending() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextlib.contextmanager
def _exclusively() -> Iterator[None]:
    """Two processes that start together on one database must not both change its tables."""
    from django.conf import settings
    from django.db import connection
    from filelock import FileLock

    if connection.vendor != "postgresql":
        with FileLock(Path(settings.DATA_DIR) / "migrate.lock"):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
