"""The console as an app: it opens without a network, says so, and shows what is pushed to it."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.agent import AgentPeople
from tests.e2e.window import Windows

pytestmark = pytest.mark.browser

CONTROLLED = "() => navigator.serviceWorker.controller?.state === 'activated'"
KEPT = """async () => {
  const names = await caches.keys();
  const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return lists.flat().map((request) => new URL(request.url).pathname);
}"""
SHOWN = """() => navigator.serviceWorker.ready.then((found) => found.getNotifications())
  .then((shown) => shown.map(({title, body, tag, data}) => ({title, body, tag, url: data.url})))"""


def test_the_manifest_describes_an_app_with_icons_that_exist(agents: AgentPeople, windows: Windows) -> None:
    agent = agents.come("nora", windows)
    manifest = agent.page.request.get(f"{agent.url}/console/manifest.webmanifest")
    assert manifest.headers["content-type"] == "application/manifest+json"
    described = manifest.json()
    assert (described["display"], described["scope"]) == ("standalone", "/console/")
    for icon in described["icons"]:
        answer = agent.page.request.get(f"{agent.url}{icon['src']}")
        assert (answer.status, answer.headers["content-type"]) == (200, "image/png")


def test_the_shell_opens_without_a_network_and_comes_back_with_it(agents: AgentPeople, windows: Windows) -> None:
    agent = agents.come("seoyeon", windows, service_workers="allow")
    page = agent.page
    page.wait_for_function(CONTROLLED)
    kept = page.evaluate(KEPT)
    assert "/console/" in kept
    assert all(path == "/console/" or path.startswith("/console/assets/") for path in kept), "an answer was kept"
    windows.forgive("ERR_INTERNET_DISCONNECTED", "WebSocket", "Failed to fetch")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text(agent.says("failed.title"))).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name=agent.says("common.retry")).click()
    expect(agent.see("my-menu")).to_be_visible()


def test_a_push_is_shown_in_words_and_leads_to_its_conversation(agents: AgentPeople, windows: Windows) -> None:
    agent = agents.come("seoyeon", windows, service_workers="allow", permissions=["notifications"])
    page = agent.page
    page.wait_for_function(CONTROLLED)
    told = {
        "title": "김손님 님의 새 메시지", "body": "그릇에 금이 갔어요", "url": "/console/inbox/all/7?at=3",
        "tag": "conversation-7", "lang": "ko",
    }  # fmt: skip
    push(page, agent.url, json.dumps(told))
    for _ in range(200):
        if shown := page.evaluate(SHOWN):
            break
        page.wait_for_timeout(50)
    assert shown == [{name: told[name] for name in ("title", "body", "tag", "url")}]
    page.evaluate(
        "path => navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {data: {open: path}}))",
        "/console/people",
    )
    page.wait_for_url("**/console/people")


def push(page: Page, origin: str, data: str) -> None:
    """Hand the worker a push as the browser does when one has arrived."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(each["registrationId"] for each in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    for _ in range(200):
        if found:
            break
        page.wait_for_timeout(50)  # which lets the event in
    session.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": found[-1], "data": data})
