"""Database work of the event loop, on threads of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import Error, InterfaceError, OperationalError, connection

from sonnim.conversations.writer import outage

P = ParamSpec("P")
R = TypeVar("R")
_pool = ThreadPoolExecutor(max_workers=6, thread_name_prefix="realtime")


async def in_thread(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `work` on a thread that keeps a database connection.

    Raises:
        SonnimError: Unavailable or StorageFull when the database fails; what `work` raises otherwise.
    """
    return await asyncio.get_running_loop().run_in_executor(_pool, lambda: guarded(work, *args, **kwargs))


def guarded(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call `work`; a database that went away is left for a fresh connection and told as an outage."""
    try:
        return work(*args, **kwargs)
    except (OperationalError, InterfaceError) as error:
        connection.close()
        raise outage(error) from error
    except Error as error:
        raise outage(error) from error
