"""SPF, DKIM and DMARC of a mailbox's domain: what is there, what is missing, what would mend it."""

from typing import Any

import pytest
from tests.people import People

from sonnim.channels.kinds.postbox import lookups
from sonnim.channels.kinds.postbox.domain_check import check_domain
from sonnim.channels.kinds.postbox.models import Mailbox

GMAIL = {"host": "smtp.gmail.com", "port": 465}
ALL_FINE = {
    "ongi.example": ["google-site-verification=x", "v=spf1 include:_spf.google.com ~all"],
    "_spf.google.com": ["v=spf1 ip4:8.8.8.0/24 ~all"],
    "google._domainkey.ongi.example": ["v=DKIM1; k=rsa; p=MIIBIjANBgkq"],
    "_dmarc.ongi.example": ["v=DMARC1; p=quarantine; rua=mailto:dmarc@ongi.example"],
}


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The TXT records of the world; a name that is not here has none."""
    known: dict[str, Any] = {}

    def asked(name: str) -> list[str]:
        found = known.get(name, [])
        if isinstance(found, Exception):
            raise found
        return list(found)

    monkeypatch.setattr(lookups, "texts_of", asked)
    return known


def judged(address: str = "help@ongi.example", **fields: Any) -> dict[str, tuple[str, str]]:
    mailbox = Mailbox(address=address, **{"smtp": GMAIL, **fields})
    return {each["kind"]: (each["state"], each["code"]) for each in check_domain(mailbox)}


def test_a_domain_that_is_well_kept(records: dict[str, Any]) -> None:
    records.update(ALL_FINE)
    assert judged() == {"spf": ("fine", "sender_named"), "dkim": ("fine", "found"), "dmarc": ("fine", "strict")}


def test_a_domain_that_has_nothing(records: dict[str, Any]) -> None:
    assert judged() == {"spf": ("bad", "missing"), "dkim": ("weak", "not_found"), "dmarc": ("bad", "missing")}
    [spf, _, dmarc] = check_domain(Mailbox(address="help@ongi.example", smtp=GMAIL))
    assert spf["wanted"] == "v=spf1 include:_spf.google.com ~all"
    assert (dmarc["name"], dmarc["wanted"]) == ("_dmarc.ongi.example", "v=DMARC1; p=none")


@pytest.mark.parametrize(
    ("spf", "verdict"),
    [
        (["v=spf1 include:other.example ~all"], ("bad", "sender_missing")),
        (["v=spf1 include:_spf.google.com +all"], ("bad", "everybody")),
        (["v=spf1 include:_spf.google.com all"], ("bad", "everybody")),
        (["v=spf1 include:_spf.google.com -all", "v=spf1 mx -all"], ("bad", "several")),
        (["v=spf1 redirect=through.example"], ("fine", "sender_named")),
        (["V=SPF1 +include:_spf.google.com. -all"], ("fine", "sender_named")),
        (["v=spf10 include:_spf.google.com -all"], ("bad", "missing")),
    ],
)
def test_spf(records: dict[str, Any], spf: list[str], verdict: tuple[str, str]) -> None:
    records.update({**ALL_FINE, "ongi.example": spf, "through.example": ["v=spf1 include:_spf.google.com -all"]})
    assert judged()["spf"] == verdict


def test_spf_that_asks_too_much_is_void(records: dict[str, Any]) -> None:
    records["ongi.example"] = ["v=spf1 include:a0.example ~all"]
    records.update({f"a{n}.example": [f"v=spf1 include:a{n + 1}.example ~all"] for n in range(30)})
    assert judged()["spf"] == ("bad", "too_many")


def test_spf_that_goes_in_a_circle_ends(records: dict[str, Any]) -> None:
    records["ongi.example"] = ["v=spf1 include:a.example ~all"]
    records["a.example"] = ["v=spf1 include:ongi.example include:a.example ~all"]
    assert judged()["spf"] == ("bad", "sender_missing")


def test_a_server_that_nobody_knows_leaves_it_at_there_is_a_record(records: dict[str, Any]) -> None:
    records["ongi.example"] = ["v=spf1 mx -all"]
    assert judged(smtp={"host": "mail.ongi.example", "port": 465})["spf"] == ("fine", "present")


def test_a_provider_is_asked_for_by_its_own_name(records: dict[str, Any]) -> None:
    records["ongi.example"] = ["v=spf1 include:amazonses.com -all"]
    assert judged(way_out="provider", provider="amazon_ses")["spf"] == ("fine", "sender_named")
    assert judged(way_out="provider", provider="postmark")["spf"] == ("bad", "sender_missing")


def test_a_key_that_was_taken_back_signs_nothing(records: dict[str, Any]) -> None:
    records["google._domainkey.ongi.example"] = ["v=DKIM1; p="]
    assert judged()["dkim"] == ("bad", "revoked")


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (["v=DMARC1; p=none"], ("weak", "watching")),
        (["v=DMARC1;p=REJECT"], ("fine", "strict")),
        (["v=DMARC1; rua=mailto:a@ongi.example"], ("bad", "malformed")),
        (["v=DMARC1; p=none", "v=DMARC1; p=reject"], ("bad", "several")),
        (["v=spf1 -all"], ("bad", "missing")),
    ],
)
def test_dmarc(records: dict[str, Any], texts: list[str], verdict: tuple[str, str]) -> None:
    records["_dmarc.ongi.example"] = texts
    assert judged()["dmarc"] == verdict


def test_a_subdomain_is_covered_from_above(records: dict[str, Any]) -> None:
    records["_dmarc.ongi.example"] = ["v=DMARC1; p=reject"]
    assert judged("help@mail.ongi.example")["dmarc"] == ("fine", "strict")


def test_silent_name_servers_are_not_taken_for_missing_records(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(name: str) -> list[str]:
        raise lookups.NoAnswer("timed out")

    monkeypatch.setattr(lookups, "texts_of", silent)
    assert {state for state, _ in judged().values()} == {"unknown"}


def test_an_address_at_a_provider_is_the_providers_to_care_for(records: dict[str, Any]) -> None:
    assert set(judged("ongi@naver.com").values()) == {("fine", "providers")}


def test_an_owner_reads_it(people: People, records: dict[str, Any]) -> None:
    records.update(ALL_FINE)
    owner = people.browser(people.owner)
    body = {"address": "help@ongi.example", "way_in": "pipe", "way_out": "house"}
    mailbox_id = owner.post(people.url("/mailboxes"), body).json()["id"]
    answer = owner.get(people.url(f"/mailboxes/{mailbox_id}/dns")).json()
    assert answer["domain"] == "ongi.example"
    assert [each["kind"] for each in answer["checks"]] == ["spf", "dkim", "dmarc"]
