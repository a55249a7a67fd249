"""Views, tags, many conversations at once and their undo, spam, the table: what an agent sees of each."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.axe import findings
from tests.e2e.conftest import NewShopper
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser


def choose(agent: Agent, field: str, option: str) -> None:
    """Pick a value in a field of the filter."""
    agent.see(field).click()
    agent.page.get_by_role("option", name=option, exact=True).click()
    agent.page.keyboard.press("Escape")


def test_a_view_shows_what_its_filter_says_counts_it_and_stays_live(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("zh")
    shopper.open()
    shopper.write_and_arrive("想看的中文会话")
    agent = agents.come("seoyeon", windows)
    agent.see("queue-waiting").click()
    agent.page.keyboard.press("v")
    agent.see("view-name").fill("중국어 손님")
    choose(agent, "filter-locale", "中文")
    expect(agent.see("view-matches")).to_contain_text(re.compile(r"\d"))
    assert findings(agent.page) == []
    agent.see("view-save").click()
    expect(agent.page).to_have_url(re.compile(r"/inbox/view-\d+$"))
    expect(agent.row("想看的中文会话")).to_be_visible()
    place = agent.page.get_by_role("link", name=re.compile("중국어 손님"))
    before = int(re.findall(r"\d+", place.inner_text())[-1])

    other = new_shopper("zh")
    other.open()
    other.write_and_arrive("又来一位")
    expect(agent.row("又来一位")).to_be_visible()
    expect(place).to_contain_text(str(before + 1))

    agent.row("又来一位").click()
    agent.see("resolve").click()
    expect(agent.row("又来一位")).to_be_hidden()
    agent.see("list-menu").click()
    agent.see("view-delete").click()
    agent.see("confirm").click()
    expect(place).to_be_hidden()
    expect(agent.page).to_have_url(re.compile("/inbox/waiting$"))


def test_a_tag_is_made_where_it_is_needed_and_seen_by_everybody(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("환불해 주세요, 태그 시험")
    owner, nora = agents.come("owner", windows), agents.come("nora", windows)
    owner.open("태그 시험")
    owner.page.keyboard.press("t")
    owner.see("tag-search").fill("환불시험")
    owner.see("tag-create").click()
    expect(owner.see("tag-환불시험")).to_have_attribute("aria-pressed", "true")
    owner.page.keyboard.press("Escape")
    expect(owner.row("태그 시험").get_by_test_id("tags")).to_contain_text("환불시험")
    expect(owner.timeline).to_contain_text(owner.says("event.tagged", who="").split("{")[0].strip()[-2:])

    nora.see("queue-all").click()
    expect(nora.row("태그 시험").get_by_test_id("tags")).to_contain_text("환불시험")
    owner.go("/settings/tags")
    expect(owner.see("tag-line").filter(has_text="환불시험")).to_be_visible()
    assert findings(owner.page) == []
    owner.page.get_by_role("button", name=owner.says("tags.deleteName", name="환불시험")).click()
    owner.see("confirm").click()
    expect(owner.see("tag-line").filter(has_text="환불시험")).to_be_hidden()
    expect(nora.row("태그 시험").get_by_test_id("tags")).to_be_hidden()


def test_many_are_resolved_at_once_and_come_back_with_undo(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    words = [f"bulk {number} of a kettle" for number in range(3)]
    for word in words:
        shopper = new_shopper("en")
        shopper.open()
        shopper.write_and_arrive(word)
    agent = agents.come("nora", windows)
    agent.see("queue-waiting").click()
    agent.see("list-filter").fill("of a kettle")
    expect(agent.rows).to_have_count(3)
    agent.see("list-menu").click()
    agent.see("list-select").click()
    agent.see("row-tick").first.click()
    agent.see("row-tick").last.click(modifiers=["Shift"])
    expect(agent.see("bulk-count")).to_have_text(agent.says("bulk.selected.other", count="3"))
    assert findings(agent.page) == []
    agent.see("bulk-resolve").click()
    expect(agent.see("bulk-done")).to_have_text(agent.says("bulk.done.resolve", count="3"))
    expect(agent.rows).to_have_count(0)
    agent.see("bulk-undo").click()
    expect(agent.rows).to_have_count(3)
    expect(agent.see("wait").first).to_be_visible()  # who waited waits again


def test_spam_leaves_the_queues_and_no_message_brings_it_back(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper("zh")
    shopper.open()
    shopper.write_and_arrive("便宜的手表,快来买")
    agent = agents.come("haoran", windows)
    agent.open("便宜的手表")
    agent.page.keyboard.press("!")
    expect(agent.row("便宜的手表")).to_be_hidden()
    shopper.write_and_arrive("真的很便宜")
    agent.see("queue-spam").click()
    expect(agent.row("真的很便宜")).to_be_visible()
    agent.see("queue-all").click()
    expect(agent.row("真的很便宜")).to_be_hidden()
    agent.see("queue-spam").click()
    agent.row("真的很便宜").click()
    agent.see("more").click()
    agent.see("more-spam").click()
    expect(agent.row("真的很便宜")).to_be_hidden()
    agent.see("queue-waiting").click()
    agent.see("list-filter").fill("真的很便宜")  # among those who wait it is the last, maybe far below
    expect(agent.row("真的很便宜")).to_be_visible()


def test_a_list_is_handed_out_as_a_table_to_those_who_may(
    new_shopper: NewShopper, agents: AgentPeople, windows: Windows, tmp_path: Path
) -> None:
    shopper = new_shopper("ko")
    shopper.open()
    shopper.write_and_arrive("=HYPERLINK(1) 표 시험")
    owner = agents.come("owner", windows)
    owner.see("queue-all").click()
    owner.see("list-menu").click()
    with owner.page.expect_download() as download:
        owner.see("list-export").click()
    table = tmp_path / "table.csv"
    download.value.save_as(table)
    text = table.read_text("utf-8-sig")
    assert text.startswith("id,status,channel,")
    assert "'=HYPERLINK(1) 표 시험" in text
    nora = agents.come("nora", windows)
    nora.see("list-menu").click()
    expect(nora.see("list-select")).to_be_visible()
    expect(nora.see("list-export")).to_be_hidden()
