"""An address that has refused mail for good is written to again when an agent says so, and only then."""

from datetime import timedelta

from tests.people import People
from tests.postbag import SHOPPER, Postbag

from sonnim.channels.kinds.postbox.actions.letters import note_refusal
from sonnim.channels.kinds.postbox.actions.lifting import KEPT, forget_old_refusals
from sonnim.channels.kinds.postbox.recipients import bad_addresses
from sonnim.kernel import clock


def test_an_agent_lifts_what_keeps_a_message_from_its_recipients(people: People) -> None:
    bag = Postbag(people)
    first = bag.first()
    bag.answer(first.conversation_id, cc=("bada@mail.example",))
    for address in (SHOPPER, "bada@mail.example", "other@mail.example"):
        note_refusal(shop_id=bag.shop, address=address, status="5.1.1", reason="no such user")
    nora = people.browser(people.agent)
    lift = people.url(f"/conversations/{first.conversation_id}/entries/{first.seq + 2}/letter/lift")
    assert nora.post(lift).status_code == 204
    left = bad_addresses(bag.shop, [SHOPPER, "bada@mail.example", "other@mail.example"])
    assert [each.address for each in left] == ["other@mail.example"]


def test_one_that_was_refused_before_there_was_a_letter_is_lifted_for_whom_we_write_with(people: People) -> None:
    bag = Postbag(people)
    first = bag.first()
    note_refusal(shop_id=bag.shop, address=SHOPPER, status="5.1.1", reason="no such user")
    here = people.url(f"/conversations/{first.conversation_id}/entries")
    assert people.browser(people.agent).post(f"{here}/{first.seq}/letter/lift").status_code == 204
    assert bad_addresses(bag.shop, [SHOPPER]) == []
    assert people.browser(people.agent).post(f"{here}/999/letter/lift").status_code == 404


def test_it_is_forgotten_after_a_year(people: People) -> None:
    bag = Postbag(people)
    note_refusal(shop_id=bag.shop, address=SHOPPER, status="5.1.1", reason="no such user")
    with clock.moved(KEPT - timedelta(days=1)):
        forget_old_refusals()
    assert bad_addresses(bag.shop, [SHOPPER])
    with clock.moved(KEPT + timedelta(days=1)):
        forget_old_refusals()
    assert bad_addresses(bag.shop, [SHOPPER]) == []
