"""Whoever opens a conversation sees who else is there, and is warned before two answer the same question."""

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import FACES, AgentPeople
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def test_a_colleague_who_reads_is_seen_and_one_who_writes_is_announced(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("재입고는 언제인가요?")
    nora, seoyeon = agents.come("nora", windows), agents.come("seoyeon", windows)
    nora.open("재입고는 언제인가요?")
    expect(nora.see("viewers")).to_have_count(0)

    seoyeon.open("재입고는 언제인가요?")
    expect(nora.see("viewers")).to_have_attribute("aria-label", f"{FACES['seoyeon']} is reading this too")
    expect(seoyeon.see("viewers")).to_be_visible()

    seoyeon.composer.press_sequentially("다음 주에 들어와요")
    expect(nora.see("collision")).to_contain_text(FACES["seoyeon"])
    expect(seoyeon.see("collision")).to_have_count(0)
    seoyeon.composer.press("Enter")
    expect(nora.entries.filter(has_text="다음 주에 들어와요")).to_be_visible()
    expect(nora.see("collision")).to_have_count(0)

    seoyeon.page.keyboard.press("Escape")
    seoyeon.go("/people")
    expect(nora.see("viewers")).to_have_count(0)
