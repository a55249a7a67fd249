"""What a person does with what could not be read. Nothing is told live: whoever looks, asks."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Shop
from sonnim.channels.models import Inbound
from sonnim.channels.queries import inbound_by_id
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict

KEPT = timedelta(days=7)
KEPT_RAW = {"ignored": timedelta(days=30), "done": timedelta(days=90), "quarantined": timedelta(days=365)}
"""For how long after its arrival the raw form of something is kept, by what became of it; see docs/operations.md."""
_AT_ONCE, _ROUNDS = 200, 10
_FILES = "inbound"


def retry_inbound(*, actor: Actor, inbound_id: int) -> None:
    """Have it read once more, with all its tries.

    Raises:
        NotFound.
        Conflict: it is read already, or waits to be, or its raw form is gone.
    """
    with log.unit(actor.shop_id):
        row = inbound_by_id(actor.shop_id, inbound_id)
        if row.state not in {"quarantined", "ignored", "discarded"} or not row.file:
            raise Conflict("There is nothing to read again.")
        _into(row, "due")
        row.attempts = 0
        row.save(update_fields=["attempts"])
        audit.record(actor, "inbound.retried", target=f"inbound:{row.pk}")


def discard_inbound(*, actor: Actor, inbound_id: int) -> None:
    """Put it away; for KEPT it can be taken back.

    Raises:
        NotFound.
        Conflict: it is not in quarantine.
    """
    with log.unit(actor.shop_id):
        row = inbound_by_id(actor.shop_id, inbound_id)
        if row.state != "quarantined":
            raise Conflict("It is not in quarantine.")
        _into(row, "discarded", after=KEPT)
        audit.record(actor, "inbound.discarded", target=f"inbound:{row.pk}")


def restore_inbound(*, actor: Actor, inbound_id: int) -> None:
    """Take a discarding back.

    Raises:
        NotFound.
        Conflict: it is not discarded, or has been too long ago.
    """
    with log.unit(actor.shop_id):
        row = inbound_by_id(actor.shop_id, inbound_id)
        if row.state != "discarded" or not row.file:
            raise Conflict("It is not discarded, or its time is over.")
        _into(row, "quarantined")
        audit.record(actor, "inbound.restored", target=f"inbound:{row.pk}")


def forget_discarded() -> None:
    """Delete the raw form of what was discarded KEPT ago. The row stays: what comes again is still not kept twice."""
    _forget_raw(Inbound.objects.filter(state="discarded", due_at__lte=clock.now()), "discarded")


def forget_old_raw() -> None:
    """Delete raw forms that have been kept for long enough, and all those of shops that are no more. The rows stay, as
    with what was discarded; what nobody has looked at for a year counts as that.
    """
    for state, kept in KEPT_RAW.items():
        over = Inbound.objects.filter(state=state, received_at__lte=clock.now() - kept)
        for _ in range(_ROUNDS):
            if _forget_raw(over, state) < _AT_ONCE:
                break
    _forget_removed_shops()


def _forget_raw(over: QuerySet[Inbound], state: str) -> int:
    found = dict(over.exclude(file="").order_by("received_at").values_list("pk", "file")[:_AT_ONCE])
    for name in found.values():
        default_storage.delete(name)
    if found:
        with log.unit():
            gone = Inbound.objects.filter(pk__in=found, state=state)
            gone.update(file="", meta={}, state="discarded" if state == "quarantined" else state)
    return len(found)


def _forget_removed_shops() -> None:
    """A shop takes its rows along when it goes, not its files."""
    if not default_storage.exists(_FILES):
        return
    folders = {int(name) for name in default_storage.listdir(_FILES)[0] if name.isdecimal()}
    for shop_id in folders - set(Shop.objects.filter(pk__in=folders).values_list("pk", flat=True)):
        _delete_folder(f"{_FILES}/{shop_id}")


def _delete_folder(folder: str) -> None:
    folders, files = default_storage.listdir(folder)
    for name in folders:
        _delete_folder(f"{folder}/{name}")
    for name in files:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)


def _into(row: Inbound, state: str, *, after: timedelta = timedelta(0)) -> None:
    row.state, row.due_at = state, clock.now() + after
    row.save(update_fields=["state", "due_at"])
