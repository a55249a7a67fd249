"""What the desk knows of people: written down, found again, joined when two are one, and shut out when need be."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import axe
from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def newcomer(new_shopper: NewShopper, agent: Agent, text: str, *, name: str) -> int:
    """A shopper who has written and whom the desk has given a name; answers the contact's number."""
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive(text)
    agent.open(text, queue="all")
    agent.see("contact-name").click()
    agent.see("contact-name-input").fill(name)
    agent.see("contact-name-input").press("Enter")
    expect(agent.see("contact-panel").get_by_role("heading", name=name)).to_be_visible()
    agent.go("/contacts")
    agent.see("contacts-search").fill(name)
    agent.see("contact-row").filter(has_text=name).click()
    agent.page.wait_for_url(re.compile(r"/contacts/\d+"))
    return int(agent.page.url.rsplit("/", 1)[1])


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_list_leads_to_a_person_with_all_that_is_known(agents: AgentPeople, windows: Windows, phone: bool) -> None:
    agent = agents.come("haoran", windows, path="/contacts", phone=phone, color_scheme="dark" if phone else "light")
    expect(agent.see("contact-row").nth(5)).to_be_visible()
    found = axe.findings(agent.page)
    agent.see("contact-row").first.click()
    panel = agent.see("contact-panel")
    expect(panel.get_by_text(agent.says("contact.consents"))).to_be_visible()
    expect(
        panel.get_by_test_id("other-conversation").or_(panel.get_by_text(agent.says("contact.neverWrote"))).first
    ).to_be_visible()
    found += axe.findings(agent.page)
    assert found == []
    if phone:
        agent.see("back").click()
        expect(agent.see("contacts-search")).to_be_visible()


def test_facts_and_consents_are_seen_by_colleagues_at_once(
    agents: AgentPeople, windows: Windows, new_shopper: NewShopper
) -> None:
    seoyeon = agents.come("seoyeon", windows)
    number = newcomer(new_shopper, seoyeon, "사은품 포장도 되나요", name="한가람")
    nora = agents.come("nora", windows, path=f"/contacts/{number}")
    expect(nora.see("contact-panel").get_by_role("heading", name="한가람")).to_be_visible()
    seoyeon.see("add-attribute").click()
    seoyeon.see("attribute-name").fill("생일")
    seoyeon.see("attribute-value").fill("3월 3일")
    seoyeon.see("attribute-save").click()
    expect(nora.see("attribute")).to_contain_text("3월 3일")
    seoyeon.see("consent-surveys").click()
    expect(nora.see("consent-surveys")).to_be_checked()
    expect(nora.see("contact-panel").get_by_text("윤서연")).to_be_visible()
    expect(nora.see("local-time")).to_be_visible()


def test_two_contacts_become_one_and_two_again(agents: AgentPeople, windows: Windows, new_shopper: NewShopper) -> None:
    nora = agents.come("nora", windows)
    kept = newcomer(new_shopper, nora, "from the laptop", name="Mara Lind")
    newcomer(new_shopper, nora, "from the phone", name="M. Lindholm")
    nora.go(f"/contacts/{kept}")
    nora.see("contact-more").click()
    nora.see("contact-merge").click()
    nora.see("merge-search").fill("Lindholm")
    nora.see("merge-candidate").filter(has_text="M. Lindholm").click()
    expect(nora.see("merge-brings")).to_contain_text(nora.says("joining.conversations.one", count="1"))
    assert axe.findings(nora.page) == []
    nora.see("merge-confirm").click()
    panel = nora.see("contact-panel")
    expect(panel.get_by_test_id("other-conversation")).to_have_count(2)
    expect(nora.see("merge")).to_contain_text("M. Lindholm")
    nora.see("merge-undo").click()
    expect(panel.get_by_test_id("other-conversation")).to_have_count(1)
    expect(nora.see("merge")).to_have_count(0)
    nora.go("/contacts")
    nora.see("contacts-search").fill("Lindholm")
    expect(nora.see("contact-row")).to_have_count(1)


def test_a_blocked_shopper_is_told_and_let_in_again_later(
    agents: AgentPeople, windows: Windows, new_shopper: NewShopper
) -> None:
    windows.forgive("403 (Forbidden)", "401 (Unauthorized)")
    seoyeon = agents.come("seoyeon", windows)
    rude = new_shopper("ko")
    rude.open()
    rude.write_and_arrive("욕설을 하는 사람")
    seoyeon.open("욕설을 하는 사람", queue="all")
    seoyeon.see("contact-more").click()
    seoyeon.see("contact-block").click()
    seoyeon.see("confirm").click()
    expect(seoyeon.see("blocked")).to_be_visible()
    expect(rude.read("session.refused")).to_be_visible()
    seoyeon.see("contact-more").click()
    seoyeon.see("contact-block").click()
    expect(seoyeon.see("blocked")).to_have_count(0)
    rude.page.reload()
    expect(rude.composer).to_be_visible()
    rude.write_and_arrive("죄송합니다")
