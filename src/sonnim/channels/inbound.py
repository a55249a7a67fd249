"""What channels bring: on the disk first, raw and once; then read, again if need be, or set aside for a person."""

import logging
import os
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import F

from sonnim.channels.adapter import Adapter, Arrived, Begun, Filed, Ignored, Later, Quarantine
from sonnim.channels.models import Inbound
from sonnim.conversations.models import Entry
from sonnim.eventlog import log
from sonnim.kernel import clock, sql
from sonnim.kernel.text import storable

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 5
LEASE_S = 120
FIRST_WAIT_S = 5
TOGETHER, TOGETHER_BYTES = 8, 8 * 1024 * 1024
"""How much is filed in one transaction: what a click at the desk may have to wait for."""
_ERROR = 500
T = TypeVar("T")
_SETTLED = {"state": "text", "error": "text", "conversation_id": "bigint", "entry_id": "bigint"}


def _nobody(kind: str) -> Adapter:
    raise LookupError(f"nobody reads for {kind!r}")


_adapter_of: Callable[[str], Adapter] = _nobody
_synced: set[Path] = set()


def provide(adapter_of: Callable[[str], Adapter]) -> None:
    """Say who reads for a channel; channels themselves bring things here, and must not be asked from here."""
    global _adapter_of
    _adapter_of = adapter_of


@dataclass(frozen=True, slots=True)
class Brought:
    """Something raw.

    Attributes:
        key: the provider's own name for it, at most 200 characters; what has come already under it is not kept twice.
        meta: what the transport knows beside the raw bytes.
    """

    key: str
    raw: bytes
    meta: dict[str, Any] = field(default_factory=dict)


def store(
    *, shop_id: int, kind: str, key: str, raw: bytes, source_id: int = 0, meta: dict[str, Any] | None = None
) -> tuple[int, bool]:
    """Keep what a channel brought; on return it is on the disk. See `Brought`.

    Returns:
        Its number, and whether it is new.
    """
    [kept] = store_all(shop_id=shop_id, kind=kind, source_id=source_id, brought=[Brought(key, raw, meta or {})])
    return kept


def store_all(*, shop_id: int, kind: str, brought: Sequence[Brought], source_id: int = 0) -> list[tuple[int, bool]]:
    """Keep all of it, or nothing; as `store`, in one transaction."""
    fresh = {each.key: each for each in brought}
    known = _known(shop_id, kind, source_id, fresh)
    files = {key: _kept(shop_id, each.raw) for key, each in fresh.items() if key not in known}
    _sync(list(files.values()))
    with log.unit(shop_id):
        known = _known(shop_id, kind, source_id, fresh)
        rows = Inbound.objects.bulk_create(
            Inbound(
                shop_id=shop_id, kind=kind, source_id=source_id, key=key, file=files[key], size=len(each.raw),
                meta=each.meta, due_at=clock.now(), received_at=clock.now(),
            )
            for key, each in fresh.items() if key not in known
        )  # fmt: skip
    for key in files.keys() & known.keys():  # another node was quicker
        default_storage.delete(files[key])
    new = {row.key: row.pk for row in rows}
    return [(new[each.key], True) if each.key in new else (known[each.key], False) for each in brought]


def process_due(*, for_s: float = 4.0) -> int:
    """Read what is due, oldest first, for as long; answers how many were tried. Safe on many nodes: each is claimed
    for a while. Who stops the clock that calls this waits no longer than for a few more.
    """
    until, tried = clock.monotonic() + for_s, 0
    while clock.monotonic() < until and (rows := _claim()):
        _process(rows)
        tried += len(rows)
    return tried


def process_now(*inbound_ids: int) -> None:
    """Read what has just come, before what has waited longer; nothing of what somebody is reading."""
    wanted = list(inbound_ids)
    while wanted and (rows := _claim(wanted)):
        _process(rows)
        done = {row.pk for row in rows}
        wanted = [each for each in wanted if each not in done]


def _known(shop_id: int, kind: str, source_id: int, keys: Collection[str]) -> dict[str, int]:
    found = Inbound.objects.filter(shop_id=shop_id, kind=kind, source_id=source_id, key__in=list(keys))
    return dict(found.values_list("key", "pk"))


def _kept(shop_id: int, raw: bytes) -> str:
    return default_storage.save(f"inbound/{shop_id}/{clock.now():%Y-%m}/{secrets.token_hex(16)}", ContentFile(raw))


def _sync(names: Sequence[str]) -> None:
    """Wait until the disk has the files, and knows where they are: whoever brought them is told that it may forget."""
    paths = [Path(default_storage.path(name)) for name in names]
    root = Path(default_storage.path(""))
    folders = {path.parent for path in paths}
    above = {each for folder in folders - _synced for each in folder.parents if each.is_relative_to(root)}
    for path in (*paths, *folders, *above):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    _synced.update(folders)


def _claim(wanted: Collection[int] | None = None) -> list[Inbound]:
    """The next that are due, for LEASE_S: several of a shop, or one that was tried before. What took the process down
    must not take others along for a second time."""
    due = Inbound.objects.filter(state="due", due_at__lte=clock.now()).order_by("due_at", "id")
    if wanted is not None:
        due = due.filter(pk__in=wanted)
    if not due.exists():
        return []
    with log.unit():
        found = list((due if sql.is_sqlite() else due.select_for_update(skip_locked=True))[:TOGETHER])
        rows = [each for each in found if each.shop_id == found[0].shop_id and not each.attempts]
        sizes = accumulate(each.size for each in rows)
        rows = [each for each, size in zip(rows, sizes, strict=True) if size <= TOGETHER_BYTES]
        rows = rows if rows[:1] == found[:1] else found[:1]
        until = clock.now() + timedelta(seconds=LEASE_S)
        Inbound.objects.filter(pk__in=[row.pk for row in rows]).update(attempts=F("attempts") + 1, due_at=until)
    for row in rows:
        row.attempts, row.due_at = row.attempts + 1, until
    return rows


def _process(rows: Sequence[Inbound]) -> None:
    """What is quick is filed together, in the order in which it came; what cannot be goes by itself."""
    together: list[tuple[Inbound, Begun]] = []
    for row in rows:
        begun = _or_set_aside(row, partial(_begun, row))
        if begun is not None and not begun.alone:
            together.append((row, begun))
            continue
        _file_together(together)
        together = []
        if begun is not None:
            _file(row, begun)
    _file_together(together)


def _begun(row: Inbound) -> Begun:
    if row.attempts > MAX_ATTEMPTS:  # it took the process down each time
        raise Quarantine("Reading this has failed again and again.")
    with default_storage.open(row.file) as file:
        raw = file.read()
    arrived = Arrived(row.pk, row.shop_id, row.kind, row.source_id, row.key, raw, attempt=row.attempts, meta=row.meta)
    adapter = _adapter_of(row.kind)
    begin = getattr(adapter, "begin", None)
    return begin(arrived) if begin is not None else Begun(partial(adapter.receive, arrived), alone=True)


def _file_together(rows: Sequence[tuple[Inbound, Begun]]) -> None:
    """In one transaction with the word that it is done. If one fails nothing has happened, and each goes by itself."""
    if len(rows) > 1:
        try:
            with log.unit(rows[0][0].shop_id):
                _settle([(row, begun.finish()) for row, begun in rows])
        except Exception:
            logger.info("inbound %s are filed one by one", [row.pk for row, _ in rows], exc_info=True)
        else:
            return
    for row, begun in rows:
        _file(row, begun)


def _file(row: Inbound, begun: Begun) -> None:
    _or_set_aside(row, lambda: _settle([(row, begun.finish())]))


def _or_set_aside(row: Inbound, work: Callable[[], T]) -> T | None:
    try:
        return work()
    except Quarantine as error:
        _set_aside(row, "quarantined", str(error))
    except Later as error:
        _put_off(row, str(error))
    except Exception as error:  # one that cannot be read must not stop the others
        logger.exception("inbound %s could not be read", row.pk)
        row.due_at = _next_try(row)
        state = "quarantined" if row.attempts >= MAX_ATTEMPTS else "due"
        _set_aside(row, state, f"{type(error).__name__}: {error}")
    return None


def _next_try(row: Inbound) -> datetime:
    return clock.now() + timedelta(seconds=FIRST_WAIT_S * 2**row.attempts)


def _put_off(row: Inbound, reason: str) -> None:
    if row.attempts < MAX_ATTEMPTS:
        row.due_at = _next_try(row)
        _set_aside(row, "due", reason)
        return
    with log.unit():
        row.delete()
    default_storage.delete(row.file)


def _set_aside(row: Inbound, state: str, error: str) -> None:
    row.state, row.error = state, storable(error)[:_ERROR]
    with log.unit():
        row.save(update_fields=["state", "error", "due_at"])


def _settle(results: Sequence[tuple[Inbound, Filed | Ignored]]) -> None:
    """Note where things of one shop are now. The raw form of what has been erased since, or was when a copy of it came,
    goes at once.
    """
    entries = [result.entry_id for _, result in results if isinstance(result, Filed) and result.entry_id is not None]
    rows, gone = list[tuple[Any, ...]](), list[Inbound]()
    with log.unit(results[0][0].shop_id):  # an erasure comes before this, or after it, and then finds the row
        erased = set(Entry.objects.filter(pk__in=entries, hidden="redacted").values_list("pk", flat=True))
        for row, result in results:
            match result:
                case Filed(conversation_id, entry_id):
                    rows.append(("done", "", conversation_id, entry_id, row.pk))
                    gone += [row] if entry_id in erased else []
                case Ignored(reason):
                    rows.append(("ignored", storable(reason)[:_ERROR], None, None, row.pk))
        with connection.cursor() as cursor:
            sql.update_rows(cursor, "channels_inbound", _SETTLED, rows)
        if gone:
            for row in gone:  # before the commit: a process that ends now does it again
                default_storage.delete(row.file)
            Inbound.objects.filter(pk__in=[row.pk for row in gone]).update(file="", meta={})
