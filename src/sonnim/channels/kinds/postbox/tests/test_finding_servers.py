"""The address is enough: its servers are found in the table, by who takes its mail, or by the domain's own word."""

from collections.abc import Callable
from typing import Any

import pytest

from sonnim.channels.kinds.postbox import autoconfig, lookups, providers
from sonnim.channels.kinds.postbox.autoconfig import discover, parse
from sonnim.kernel.http import Answer, Unreachable

XML = """<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="ongi.example">
  <incomingServer type="pop3"><hostname>pop.ongi.example</hostname><port>995</port><socketType>SSL</socketType>
    <username>%EMAILADDRESS%</username></incomingServer>
  <incomingServer type="imap"><hostname>Mail.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType>
    <username>%EMAILLOCALPART%</username></incomingServer>
  <outgoingServer type="smtp"><hostname>mail.ongi.example</hostname><port>587</port><socketType>STARTTLS</socketType>
    <username>%EMAILADDRESS%</username></outgoingServer>
</emailProvider></clientConfig>"""


@pytest.fixture(autouse=True)
def world(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The names and pages that exist; a name that is not here has no records, a page is unreachable."""
    known: dict[str, Any] = {}

    def asked(name: str) -> list[Any]:
        found = known.get(name, [])
        if isinstance(found, Exception):
            raise found
        return list(found)

    def fetched(url: str, **_: object) -> Answer:
        if url not in known:
            raise Unreachable("no such host")
        return Answer(url, 200, {}, known[url])

    monkeypatch.setattr(lookups, "exchangers_of", asked)
    monkeypatch.setattr(lookups, "services_of", asked)
    monkeypatch.setattr(autoconfig, "fetch", fetched)
    return known


@pytest.mark.parametrize(
    ("address", "imap", "smtp", "note"),
    [
        ("shop@gmail.com", ("imap.gmail.com", 993, "tls"), ("smtp.gmail.com", 465, "tls"), "app_password"),
        ("a@outlook.com", ("outlook.office365.com", 993, "tls"), ("smtp-mail.outlook.com", 587, "starttls"), "oauth"),
        ("shop@naver.com", ("imap.naver.com", 993, "tls"), ("smtp.naver.com", 465, "tls"), "switch_on"),
        ("shop@hanmail.net", ("imap.daum.net", 993, "tls"), ("smtp.daum.net", 465, "tls"), "app_password"),
        ("shop@kakao.com", ("imap.kakao.com", 993, "tls"), ("smtp.kakao.com", 465, "tls"), "app_password"),
        ("12345@qq.com", ("imap.qq.com", 993, "tls"), ("smtp.qq.com", 465, "tls"), "authorization_code"),
        ("shop@163.com", ("imap.163.com", 993, "tls"), ("smtp.163.com", 465, "tls"), "authorization_code"),
        ("shop@126.com", ("imap.126.com", 993, "tls"), ("smtp.126.com", 465, "tls"), "authorization_code"),
        ("shop@icloud.com", ("imap.mail.me.com", 993, "tls"), ("smtp.mail.me.com", 587, "starttls"), "app_password"),
        ("shop@fastmail.com", ("imap.fastmail.com", 993, "tls"), ("smtp.fastmail.com", 465, "tls"), "app_password"),
    ],
)  # fmt: skip
def test_a_providers_own_address_is_in_the_table(
    address: str, imap: tuple[str, int, str], smtp: tuple[str, int, str], note: str
) -> None:
    found = discover(address)
    assert found["by"] == "table"
    assert found["imap"] is not None and found["smtp"] is not None
    assert (found["imap"]["host"], found["imap"]["port"], found["imap"]["security"]) == imap
    assert (found["smtp"]["host"], found["smtp"]["port"], found["smtp"]["security"]) == smtp
    assert found["imap"]["user"] == address
    assert note in found["notes"]
    assert found["help_url"].startswith("https://")


@pytest.mark.parametrize(
    ("exchangers", "provider"),
    [
        (["aspmx.l.google.com", "alt1.aspmx.l.google.com"], "google"),
        (["ongi-example.mail.protection.outlook.com"], "microsoft"),
        (["ongi-example.olc.protection.outlook.com"], "outlook"),
        (["mxbiz1.qq.com"], "exmail"),
        (["mx1.worksmobile.com"], "naver_works"),
        (["hzmx01.mxmail.netease.com"], "qiye163"),
        (["mx1.qiye.aliyun.com"], "aliyun"),
        (["filter.ongi.example", "mx01.mail.icloud.com"], "icloud"),
        (["in1-smtp.messagingengine.com"], "fastmail"),
    ],
)
def test_a_shops_own_domain_is_known_by_who_takes_its_mail(
    world: dict[str, Any], exchangers: list[str], provider: str
) -> None:
    world["ongi.example"] = exchangers
    found = discover("help@ongi.example")
    assert (found["by"], found["provider"]) == ("exchanger", provider)


def test_a_name_that_only_sounds_alike_is_nobodys(world: dict[str, Any]) -> None:
    world["ongi.example"] = ["mx.notgoogle.com", "google.com.evil.example"]
    assert discover("help@ongi.example")["by"] == "nothing"


def test_the_domains_own_word_is_taken(world: dict[str, Any]) -> None:
    world["https://autoconfig.ongi.example/mail/config-v1.1.xml"] = XML.encode()
    found = discover("help@ongi.example")
    assert found["by"] == "autoconfig"
    assert found["imap"] == {
        "host": "mail.ongi.example", "port": 993, "security": "tls", "user": "help", "auth": "password",
    }  # fmt: skip
    assert found["smtp"] == {
        "host": "mail.ongi.example", "port": 587, "security": "starttls", "user": "help@ongi.example",
        "auth": "password",
    }  # fmt: skip


def test_service_records_are_the_last_that_is_asked(world: dict[str, Any]) -> None:
    world["_imaps._tcp.ongi.example"] = [("imap.ongi.example", 993)]
    world["_submission._tcp.ongi.example"] = [("smtp.ongi.example", 587)]
    found = discover("help@ongi.example")
    assert found["by"] == "srv"
    assert found["imap"] and (found["imap"]["host"], found["imap"]["security"]) == ("imap.ongi.example", "tls")
    assert found["smtp"] and (found["smtp"]["port"], found["smtp"]["security"]) == (587, "starttls")


def test_silent_name_servers_leave_it_to_the_hand(world: dict[str, Any]) -> None:
    for name in ("ongi.example", "_imaps._tcp.ongi.example", "_submissions._tcp.ongi.example"):
        world[name] = lookups.NoAnswer("timed out")
    found = discover("help@ongi.example")
    assert (found["by"], found["imap"], found["smtp"]) == ("nothing", None, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace("SSL</socketType>", "plain</socketType>"),
        lambda xml: xml.replace("Mail.%EMAILDOMAIN%", "evil/path"),
        lambda xml: xml.replace("<port>993</port>", "<port>99999</port>"),
        lambda xml: xml.replace("%EMAILLOCALPART%", "&#8238;x"),
        lambda xml: xml.replace("<?xml version=\"1.0\"?>", '<!DOCTYPE x [<!ENTITY a "b">]>'),
        lambda xml: xml[:300],
        lambda xml: "",
    ],
)  # fmt: skip
def test_what_is_no_proper_answer_is_not_taken(change: Callable[[str], str]) -> None:
    assert parse(change(XML).encode(), "help@ongi.example").imap is None


def test_every_provider_is_reached_over_tls_and_says_what_it_wants() -> None:
    for each in providers.PROVIDERS:
        assert (each.imap is None) == ("no_imap" in each.notes), each.key
        assert each.imap is None or each.imap[1] == 993, each.key
        assert each.smtp is None or each.smtp[1] in {465, 587}, each.key
        assert not each.notes or each.help_url.startswith("https://"), each.key
    keys = [each.key for each in providers.PROVIDERS]
    assert len(keys) == len(set(keys))
