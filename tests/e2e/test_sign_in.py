"""Into the desk and out of it: password, second step, passkey, invitation, other devices; and why one is out."""

import time

import pytest
from playwright.sync_api import expect

from tests.e2e.agent import Agent, AgentPeople
from tests.e2e.authenticator import plug_in_key, six_digits
from tests.e2e.window import Windows
from tests.providers.sonnim import LiveServer

pytestmark = pytest.mark.browser

PASSWORD = "three bowls and a kettle"


@pytest.fixture(autouse=True)
def signed_out(windows: Windows) -> None:
    """A console asks who it is before it shows the sign-in, and hears 401 on purpose; so does a wrong password."""
    windows.forgive("401 (Unauthorized)", "400 (Bad Request)")


def at_the_door(site: LiveServer, windows: Windows, locale: str = "en") -> Agent:
    agent = Agent(windows.open(locale=locale), url=site.url, locale=locale)
    agent.go("/")
    expect(agent.see("sign-in")).to_be_visible()
    return agent


def invited(agents: AgentPeople, windows: Windows, name: str) -> tuple[Agent, Agent]:
    """The owner, and a new colleague who has just accepted an invitation."""
    owner = agents.come("owner", windows, path="/settings/agents")
    owner.see("invite").click()
    owner.see("invite-email").fill(f"{name}@ongi.example")
    owner.see("invite-send").click()
    link = owner.see("invitation-link").inner_text().strip() or owner.see("invitation-link").input_value()
    colleague = Agent(windows.open(locale="en"), url=agents.site.url, locale="en")
    colleague.page.goto(link)
    colleague.see("invite-name").fill(name.title())
    colleague.see("invite-password").fill(PASSWORD)
    colleague.see("invite-join").click()
    expect(colleague.see("my-menu")).to_contain_text(name.title())
    return owner, colleague


def password_again(agent: Agent, then: str) -> None:
    """Who changes how one signs in is asked for the password, unless it was given a moment ago."""
    again = agent.see("password-again")
    expect(again.or_(agent.see(then))).to_be_visible()
    if again.is_visible():
        again.fill(PASSWORD)
        again.press("Enter")


def sign_out(agent: Agent) -> None:
    agent.see("my-menu").click()
    agent.see("sign-out").click()
    expect(agent.see("sign-in")).to_be_visible()


def test_a_wrong_password_is_told_kindly_and_the_right_one_lets_in(
    site: LiveServer, agents: AgentPeople, windows: Windows
) -> None:
    for locale in ("ko", "zh", "en"):
        nora = at_the_door(site, windows, locale)
        nora.sign_in(agents.email("nora"), "not her password")
        expect(nora.see("sign-in-error")).to_have_text(nora.says("error.email_password_mismatch"))
        expect(nora.see("sign-in-email")).to_have_value(agents.email("nora"))
    nora.sign_in(agents.email("nora"), agents.password)
    expect(nora.see("my-menu")).to_contain_text("Nora Bennett")
    nora.page.reload()
    expect(nora.see("my-menu")).to_contain_text("Nora Bennett")
    sign_out(nora)
    nora.page.reload()
    expect(nora.see("sign-in")).to_be_visible()


def test_an_invited_colleague_joins_and_is_at_the_desk(agents: AgentPeople, windows: Windows) -> None:
    owner, bora = invited(agents, windows, "bora")
    expect(bora.see("queue-waiting")).to_be_visible()
    bora.see("nav-settings").click()  # an agent's own are there, the shop's are not
    expect(bora.see("settings-notifications")).to_be_visible()
    expect(bora.see("settings-agents")).to_have_count(0)
    owner.page.keyboard.press("Escape")
    expect(owner.see("agent-row").filter(has_text="Bora")).to_be_visible()


def test_a_used_invitation_says_that_it_is_over(agents: AgentPeople, windows: Windows) -> None:
    windows.forgive("404 (Not Found)")
    owner, _ = invited(agents, windows, "dana")
    late = Agent(windows.open(locale="en"), url=agents.site.url, locale="en")
    late.page.goto(owner.see("invitation-link").inner_text().strip())
    expect(late.page.get_by_text(late.says("invite.goneTitle"))).to_be_visible()


def test_the_second_step_with_an_app(agents: AgentPeople, windows: Windows, site: LiveServer) -> None:
    windows.forgive("authenticators/totp")  # answers 404 while there is none, with the secret for the first one
    _, sora = invited(agents, windows, "sora")
    sora.go("/account")
    sora.see("totp-on").click()
    secret = sora.see("totp-secret").inner_text()
    began = time.time()
    sora.see("totp-code").fill("000000")
    sora.see("totp-code").press("Enter")
    expect(sora.page.get_by_text(sora.says("error.incorrect_code"))).to_be_visible()
    sora.see("totp-code").fill(six_digits(secret))
    sora.see("totp-code").press("Enter")
    password_again(sora, "recovery-codes")
    expect(sora.see("recovery-codes")).to_be_visible()
    codes = sora.see("recovery-codes").locator("code").all_inner_texts()
    sign_out(sora)

    sora.sign_in("sora@ongi.example", PASSWORD)
    sora.see("sign-in-code").fill("111111")
    sora.see("sign-in-confirm").click()
    expect(sora.see("sign-in-error")).to_have_text(sora.says("error.incorrect_code"))
    # A code works once; the next one comes with the next half minute, and the app's clock may be a little ahead.
    sora.see("sign-in-code").fill(six_digits(secret, at=began + 30))
    sora.see("sign-in-confirm").click()
    expect(sora.see("my-menu")).to_contain_text("Sora")
    sign_out(sora)

    sora.sign_in("sora@ongi.example", PASSWORD)
    sora.see("sign-in-code").fill(codes[0])
    sora.see("sign-in-confirm").click()
    expect(sora.see("my-menu")).to_contain_text("Sora")


def test_a_passkey_alone_lets_in(agents: AgentPeople, windows: Windows) -> None:
    _, yuna = invited(agents, windows, "yuna")
    plug_in_key(yuna.page)
    yuna.go("/account")
    yuna.see("passkey-name").fill("Office laptop")
    yuna.see("passkey-add").click()
    password_again(yuna, "passkey")
    expect(yuna.see("passkey")).to_contain_text("Office laptop")
    sign_out(yuna)
    yuna.see("sign-in-passkey").click()
    expect(yuna.see("my-menu")).to_contain_text("Yuna")


def test_another_device_is_signed_out_from_here_and_told_why(
    site: LiveServer, agents: AgentPeople, windows: Windows
) -> None:
    office, home = at_the_door(site, windows), at_the_door(site, windows)
    for each in (office, home):
        each.sign_in(agents.email("haoran"), agents.password)
        expect(each.see("my-menu")).to_contain_text("林浩然")
        each.locale = "zh"
    office.go("/account")
    sessions = office.see("session")
    expect(sessions).to_have_count(2)
    mine = sessions.filter(has_text=office.says("sessions.this"))
    expect(mine).to_have_count(1)
    sessions.filter(has_not_text=office.says("sessions.this")).get_by_test_id("session-end").click()
    expect(sessions).to_have_count(1)
    expect(home.see("signed-out-why")).to_have_text(home.says("revoked.signed_out"))
    expect(office.see("my-menu")).to_contain_text("林浩然")


def test_a_removed_colleague_is_signed_out_at_once_and_told_why(agents: AgentPeople, windows: Windows) -> None:
    windows.forgive("403 (Forbidden)")
    owner, mina = invited(agents, windows, "mina")
    expect(mina.see("queue-waiting")).to_be_visible()
    owner.page.keyboard.press("Escape")
    owner.see("agent-row").filter(has_text="Mina").get_by_role("button").last.click()
    owner.see("confirm").click()
    expect(mina.page.get_by_text(mina.says("revoked.removed"))).to_be_visible()
    expect(mina.see("queue-waiting")).to_have_count(0)
