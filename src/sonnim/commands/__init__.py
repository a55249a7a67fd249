"""One module for each `sonnim` sub-command: `add_parser(subparsers)` declares it, `run(args)` does it."""

import contextlib
import errno
from collections.abc import Iterator


class CommandError(Exception):
    """What a command says, in one sentence, before it ends with an exit code that is not 0."""


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what a person can mend into one sentence; everything else keeps its traceback."""
    try:
        yield
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        raise CommandError(sentence) from error


def _sentence(error: Exception) -> str | None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, ProgrammingError

    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, OperationalError | ProgrammingError):
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        if "no such table" in reason or ("relation" in reason and "does not exist" in reason):
            return "the database has no tables yet; `sonnim migrate` makes them."
        connecting = "connection option" in reason or "bad value for" in reason
        if isinstance(error, OperationalError) or connecting:
            return f"the database cannot be used: {reason.rstrip('.')}."
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "the disk is full; free some space and start again."
    return None
