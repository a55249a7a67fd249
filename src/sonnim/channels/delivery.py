"""Answers on their way out: from the outbox to the channel's adapter, with the state of each beside its entry."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.storage import default_storage

from sonnim.channels.adapter import Adapter, NotSent, Unsure
from sonnim.channels.models import Inbound
from sonnim.conversations.actions.delivering import begin_carrying, mark_delivery
from sonnim.eventlog import log
from sonnim.eventlog.outbox import OutboxError

logger = logging.getLogger(__name__)


def _nobody(kind: str) -> Adapter:
    raise LookupError(f"nothing carries for {kind!r}")


_carrier_of: Callable[[str], Adapter] = _nobody
_adapters: Callable[[], Iterable[Adapter]] = tuple


def provide(carrier_of: Callable[[str], Adapter], adapters: Callable[[], Iterable[Adapter]]) -> None:
    """Say what carries the answers of a channel, and which adapters there are."""
    global _carrier_of, _adapters
    _carrier_of, _adapters = carrier_of, adapters


def carry(payload: dict[str, Any]) -> None:
    """The outbox's handler for `carry`.

    Between "sending" and what follows nobody knows: a process that dies there leaves the message `unsure` when its
    row comes up again, and only an agent has it sent once more. What was provably not sent is tried again by itself.
    """
    where = {"shop_id": payload["shop_id"], "entry_id": payload["entry_id"]}
    outgoing = begin_carrying(**where)
    if outgoing is None:
        return
    try:
        carried = _carrier_of(outgoing.channel).carry(outgoing)
    except NotSent as error:
        mark_delivery(**where, state="failed" if error.permanent else "queued", note=error.note)
        raise OutboxError(error.note, permanent=error.permanent) from error
    except Unsure as error:
        mark_delivery(**where, state="unsure", note=str(error))
    except Exception as error:  # a channel whose fault it is cannot say how far it came
        logger.exception("entry %s may have been sent or not", where["entry_id"])
        mark_delivery(**where, state="unsure", note=f"{type(error).__name__}: {error}")
    else:
        mark_delivery(**where, state=carried.state)


def give_up(payload: dict[str, Any], reason: str) -> None:
    """What the outbox does when it has tried a `carry` as often as it will: an agent sees that it never went out."""
    mark_delivery(shop_id=payload["shop_id"], entry_id=payload["entry_id"], state="failed", note=reason)


def erase(payload: dict[str, Any]) -> None:
    """The outbox's handler for `erased`: what is kept of a message beside its entry goes, the raw form included."""
    entry_id = payload["entry_id"]
    raw = Inbound.objects.filter(entry_id=entry_id).exclude(file="")  # empty: a former attempt came so far
    for name in raw.values_list("file", flat=True):
        default_storage.delete(name)
    with log.unit():
        raw.update(file="", meta={})
    for adapter in _adapters():
        adapter.erase([entry_id])
