"""A09, A10: a mail that is made to stop a parser is set aside at once, kept as it came, and the next one is read."""

import resource
import time

import pytest

from sonnim.channels import inbound
from sonnim.channels.models import Inbound
from sonnim.conversations.models import Entry
from sonnim.letters.tests.test_limits import HOSTILE
from tests.people import People
from tests.postbag import Postbag, written

HEADED = {name: raw for name, raw in HOSTILE.items() if raw.startswith((b"From", b"To"))}


@pytest.mark.parametrize("name", HEADED)
def test_it_is_set_aside_and_the_next_mail_is_read(people: People, name: str) -> None:
    bag = Postbag(people)
    bag.first(text="before")  # the process that reads is there
    hostile, _ = inbound.store(
        shop_id=bag.shop, kind="postbox", source_id=bag.mailbox.pk, key="hostile", raw=HEADED[name]
    )
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    inbound.process_now(hostile)
    assert time.monotonic() - began < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 256 * 1024
    row = Inbound.objects.get(pk=hostile)
    assert (row.state, row.size) == ("quarantined", len(HEADED[name]))
    assert row.error
    inbound.store(shop_id=bag.shop, kind="postbox", source_id=bag.mailbox.pk, key="next", raw=written("after"))
    inbound.process_due()
    said = Entry.objects.filter(kind="message").order_by("id").values_list("text", flat=True)
    assert list(said) == ["before", "after"]
