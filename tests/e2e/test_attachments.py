"""Pictures and files, handed over in every way a person knows, on both sides; what does not fit is told in words."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.agent import AgentPeople
from tests.e2e.conftest import NewShopper
from tests.e2e.files import GivenFile, give, picture
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

Way = Literal["choose", "paste", "drop"]
WAYS: list[Way] = ["choose", "paste", "drop"]
LETTER = GivenFile("invoice of the bowl.txt", "text/plain", b"One bowl, one lid.")
TOO_LARGE = GivenFile("kiln.mov", "video/quicktime", size=20 * 1024 * 1024 + 1)


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_reaches_the_desk_and_is_drawn_there(
    way: Way, new_shopper: NewShopper, agents: AgentPeople, windows: Windows
) -> None:
    shopper = new_shopper()
    shopper.open()
    shopper.composer.fill(f"Look, I {way} it.")
    give(shopper.see("file-input") if way == "choose" else shopper.composer, way, picture(f"{way}.png"))
    expect(shopper.see("upload")).to_have_attribute("data-state", "done")
    shopper.see("send").click()
    expect(shopper.see("picture").locator("img")).to_be_visible()
    expect(shopper.tick).to_have_attribute("data-tick", "sent")
    expect(shopper.see("upload")).to_have_count(0)

    nora = agents.come("nora", windows)
    nora.open(f"Look, I {way} it.")
    drawn = nora.see("attachment-picture")
    expect(drawn).to_have_attribute("alt", f"{way}.png")
    expect(drawn).to_be_visible()
    nora.page.wait_for_function("document.querySelector('[data-testid=attachment-picture]').naturalWidth === 320")


@pytest.mark.parametrize("way", WAYS)
def test_an_agent_sends_a_file_that_the_shopper_can_keep(
    way: Way, new_shopper: NewShopper, agents: AgentPeople, windows: Windows, tmp_path: Path
) -> None:
    shopper = new_shopper()
    shopper.open()
    shopper.write_and_arrive(f"May I have the invoice? {way}")
    nora = agents.come("nora", windows)
    nora.open(f"May I have the invoice? {way}")
    place = nora.see("composer").locator("input[type=file]") if way == "choose" else nora.composer
    give(place, way, LETTER, picture())
    expect(nora.see("composer-attachment")).to_have_count(2)
    nora.answer("Here it is.")

    shopper.has_read("Here it is.")
    expect(shopper.see("picture").locator("img")).to_be_visible()
    with shopper.page.expect_download() as saving:
        shopper.see("file").click()
    kept = tmp_path / "kept"
    saving.value.save_as(kept)
    assert saving.value.suggested_filename == LETTER.name
    assert kept.read_bytes() == LETTER.content
    expect(nora.see("attachment-file")).to_contain_text(LETTER.name)


@pytest.mark.parametrize("way", WAYS)
def test_a_shopper_is_told_what_is_too_large_or_too_many(way: Way, new_shopper: NewShopper) -> None:
    shopper = new_shopper()
    shopper.open()
    place = shopper.see("file-input") if way == "choose" else shopper.composer
    give(place, way, TOO_LARGE)
    notes = shopper.see("composer-notes")
    expect(notes).to_contain_text(shopper.says("file.big", name="kiln.mov", size="20 MB"))
    expect(shopper.see("upload")).to_have_count(0)

    give(place, way, *(picture(f"{number}.png") for number in range(11)))
    expect(notes).to_contain_text(shopper.says("file.many", files="10"))
    expect(shopper.see("upload")).to_have_count(10)
    expect(shopper.chat.locator("[data-testid=upload][data-state=done]")).to_have_count(10)


@pytest.mark.parametrize("way", WAYS)
def test_an_agent_is_told_what_is_too_large_or_too_many(way: Way, agents: AgentPeople, windows: Windows) -> None:
    nora = agents.come("nora", windows)
    nora.rows.first.click()
    place = nora.see("composer").locator("input[type=file]") if way == "choose" else nora.composer
    nora.editor_is_there()
    give(place, way, TOO_LARGE)
    expect(nora.page.get_by_text(nora.says("attachment.tooLarge", name="kiln.mov", size="20 MB"))).to_be_visible()
    give(place, way, *(picture(f"{number}.png") for number in range(11)))
    expect(nora.page.get_by_text(nora.says("attachment.tooMany", count="10"))).to_be_visible()
    expect(nora.see("composer-attachment")).to_have_count(10)
    for number in range(10):
        nora.page.get_by_role("button", name=nora.says("attachment.remove", name=f"{number}.png"), exact=True).click()
    expect(nora.see("composer-attachment")).to_have_count(0)


def test_a_file_handed_over_before_the_desk_has_said_who_this_is_waits_for_it(new_shopper: NewShopper) -> None:
    shopper = new_shopper()
    held: list[Route] = []
    shopper.page.route("**/widget/session", lambda route: held.append(route))
    shopper.open()
    give(shopper.composer, "paste", picture("early.png"))
    expect(shopper.see("upload")).to_have_attribute("data-state", "uploading")
    while not held:
        shopper.page.wait_for_timeout(50)
    held[0].continue_()
    expect(shopper.see("upload")).to_have_attribute("data-state", "done")


def test_files_that_wait_to_be_sent_survive_a_reload(new_shopper: NewShopper) -> None:
    shopper = new_shopper()
    shopper.open()
    give(shopper.composer, "paste", picture("kept.png"))
    expect(shopper.see("upload")).to_have_attribute("data-state", "done")
    shopper.reload()
    expect(shopper.see("upload")).to_contain_text("kept.png")
    shopper.see("send").click()
    expect(shopper.see("picture").locator("img")).to_be_visible()
