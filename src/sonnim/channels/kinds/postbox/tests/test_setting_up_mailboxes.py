"""Mailboxes: set up by those who configure the shop, known to the desk, their secrets to nobody."""

from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.people import People

from sonnim.accounts.actions import create_team, delete_team
from sonnim.accounts.models import AuditEntry
from sonnim.channels.kinds.postbox.actions.mailboxes import change_mailbox, create_mailbox, remove_mailbox, renew_hook
from sonnim.channels.kinds.postbox.choices import Choices, kept_secrets
from sonnim.channels.kinds.postbox.keys import secrets_of
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.kinds.postbox.shapes import ServerObject
from sonnim.eventlog.models import Event
from sonnim.kernel.errors import Conflict, NotFound
from sonnim.kernel.secrets import hash_token

IMAP = {"host": "imap.ongi.example", "port": 993, "security": "tls", "user": "help@ongi.example", "auth": "password"}
SMTP = {**IMAP, "host": "smtp.ongi.example", "port": 465}
SECRETS = {"imap_password": "moon jar at dawn", "smtp_password": "moon jar at dusk"}


def body(**changed: Any) -> dict[str, Any]:
    return {"address": "Help@Ongi.example", "name": "온기", "imap": IMAP, "smtp": SMTP, "secrets": SECRETS, **changed}


def made(people: People, **changed: Any) -> dict[str, Any]:
    answer = people.browser(people.owner).post(people.url("/mailboxes"), body(**changed))
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def patched(people: People, mailbox_id: int, **changes: Any) -> Any:
    return people.browser(people.owner).call("PATCH", people.url(f"/mailboxes/{mailbox_id}"), changes)


def test_an_owner_sets_one_up_and_the_desk_learns_of_it(people: People) -> None:
    answer = made(people)
    assert (answer["address"], answer["is_default"], answer["state"]) == ("help@ongi.example", True, "new")
    assert answer["secrets"] == ["imap_password", "smtp_password"]
    [read] = people.browser(people.agent).get(people.url("/mailboxes")).json()["items"]
    assert (read["id"], read["name"]) == (answer["id"], "온기")
    assert "imap" not in read
    told = Event.objects.get(shop_id=people.shop.pk, type="mailbox.saved")
    assert "help@ongi.example" in told.desk
    assert "imap.ongi.example" not in told.desk


def test_secrets_are_sealed_and_never_told(people: People) -> None:
    answer = made(people)
    row = Mailbox.objects.get(pk=answer["id"])
    assert secrets_of(row) == SECRETS
    owner = people.browser(people.owner)
    told = [str(answer), owner.get(people.url(f"/mailboxes/{row.pk}")).content.decode(), row.secrets]
    told += [f"{each.public}{each.desk}" for each in Event.objects.filter(shop_id=people.shop.pk)]
    told += [str(each.detail) for each in AuditEntry.objects.all()]
    assert [text for text in told for secret in SECRETS.values() if secret in text] == []


def test_a_change_leaves_what_it_does_not_name(people: People) -> None:
    mailbox_id = made(people)["id"]
    answer = patched(people, mailbox_id, name="Ongi", signatures={"en": "Warmly, Ongi"}).json()
    assert (answer["name"], answer["imap"], answer["signatures"]) == ("Ongi", IMAP, {"en": "Warmly, Ongi"})
    assert secrets_of(Mailbox.objects.get(pk=mailbox_id)) == SECRETS


@pytest.mark.parametrize("change", [{"host": "imap.evil.example"}, {"port": 143}, {"user": "x"}, {"security": "none"}])
def test_a_password_goes_to_no_other_server_than_it_was_given_for(people: People, change: dict[str, Any]) -> None:
    mailbox_id = made(people)["id"]
    refused = patched(people, mailbox_id, imap={**IMAP, **change})
    assert refused.status_code == 422
    assert refused.json()["fields"] == {"imap_password": "missing"}
    assert Mailbox.objects.get(pk=mailbox_id).imap == IMAP
    taken = patched(people, mailbox_id, imap={**IMAP, **change}, secrets={"imap_password": "given anew"})
    assert taken.status_code == 200
    assert secrets_of(Mailbox.objects.get(pk=mailbox_id)) == {**SECRETS, "imap_password": "given anew"}


def test_tokens_go_to_no_other_token_server_than_they_were_given_for(people: People) -> None:
    oauth = {"oauth_client_id": "us", "oauth_refresh": "secret refresh", "oauth_token_url": "https://a.example/token"}
    servers = {"imap": {**IMAP, "auth": "xoauth2"}, "smtp": {**SMTP, "auth": "xoauth2"}}
    mailbox_id = made(people, **servers, secrets=oauth)["id"]
    refused = patched(people, mailbox_id, secrets={"oauth_token_url": "https://evil.example/token"})
    assert refused.status_code == 422
    assert secrets_of(Mailbox.objects.get(pk=mailbox_id)) == oauth


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"secrets": {}}, {"imap_password", "smtp_password"}),
        ({"imap": {**IMAP, "user": ""}}, {"imap_user"}),
        ({"imap": {**IMAP, "auth": "xoauth2"}}, {"oauth_client_id", "oauth_refresh", "oauth_token_url"}),
        ({"way_out": "provider"}, {"provider", "provider_key"}),
        ({"way_in": "provider"}, {"provider"}),
        ({"address": "nobody"}, {"address"}),
        ({"address": "a@b.example\r\nBcc: x@y.example"}, {"address"}),
        ({"name": "a\r\nBcc: x@y.example"}, {"name"}),
        ({"team_id": 10**9}, {"team_id"}),
        ({"secrets": {**SECRETS, "root_password": "x"}}, {"root_password"}),
    ],
)
def test_what_is_missing_or_wrong_is_named(people: People, changed: dict[str, Any], missing: set[str]) -> None:
    answer = people.browser(people.owner).post(people.url("/mailboxes"), body(**changed))
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == missing
    assert not Mailbox.objects.exists()


def test_a_grant_for_the_way_in_is_not_shown_to_a_server_that_is_named_for_the_way_out(people: People) -> None:
    oauth = {"oauth_client_id": "id", "oauth_refresh": "refresh", "oauth_token_url": "https://login.example/token"}
    incoming = {**IMAP, "auth": "xoauth2"}
    mailbox_id = made(people, imap=incoming, smtp=None, way_out="house", secrets=oauth)["id"]
    assert patched(people, mailbox_id, smtp=SMTP, secrets={"smtp_password": "x"}).json()["secrets"] == [
        *sorted(oauth), "smtp_password"
    ]  # fmt: skip
    evil = {**SMTP, "host": "smtp.evil.example", "auth": "xoauth2"}
    assert patched(people, mailbox_id, way_out="smtp", smtp=evil).status_code == 422
    mailbox = Mailbox.objects.get(pk=mailbox_id)
    assert kept_secrets(mailbox, Choices(smtp=ServerObject(**evil)), secrets_of(mailbox)) == {}  # type: ignore[typeddict-item]
    again = {**SMTP, "auth": "xoauth2"}
    assert patched(people, mailbox_id, way_out="smtp", smtp=again).status_code == 422


def test_one_of_them_is_the_default_and_its_heir_when_it_goes(people: People) -> None:
    first, second = made(people)["id"], made(people, address="b@ongi.example")["id"]
    third = made(people, address="c@ongi.example", is_default=True)["id"]
    assert defaults(people) == [third]
    assert patched(people, third, is_default=False).status_code == 422
    assert patched(people, second, is_default=True).status_code == 200
    assert defaults(people) == [second]
    remove_mailbox(actor=people.actor(people.owner), mailbox_id=second)
    assert defaults(people) == [first]
    events = Event.objects.filter(shop_id=people.shop.pk, type__startswith="mailbox.").order_by("pos")
    assert [each.type for each in events][-2:] == ["mailbox.removed", "mailbox.saved"]


def defaults(people: People) -> list[int]:
    return list(Mailbox.objects.filter(shop_id=people.shop.pk, is_default=True).values_list("pk", flat=True))


def test_an_address_is_a_mailbox_once_in_a_shop(people: People) -> None:
    made(people)
    answer = people.browser(people.owner).post(people.url("/mailboxes"), body(address="HELP@ongi.example"))
    assert answer.status_code == 409
    with pytest.raises(Conflict):
        create_mailbox(actor=people.actor(people.owner), address="help@ongi.example", choices={})


def test_another_folder_is_read_from_its_beginning(people: People) -> None:
    mailbox_id = made(people)["id"]
    read = {"uidvalidity": 7, "seen_uid": 90, "backlog": 90, "fetched": 90, "state": "ok"}
    Mailbox.objects.filter(pk=mailbox_id).update(**read)
    patched(people, mailbox_id, name="Ongi")
    assert Mailbox.objects.filter(pk=mailbox_id, **read).exists()
    patched(people, mailbox_id, folder="Support")
    assert Mailbox.objects.filter(pk=mailbox_id, uidvalidity=None, seen_uid=0, backlog=0, state="new").exists()


def test_one_that_rests_is_off_and_begins_anew(people: People) -> None:
    mailbox_id = made(people)["id"]
    assert patched(people, mailbox_id, active=False).json()["state"] == "off"
    assert patched(people, mailbox_id, active=True).json()["state"] == "new"


def test_the_address_for_a_provider_is_shown_once_and_kept_as_a_hash(people: People) -> None:
    mailbox_id = made(people, way_in="provider", provider="postmark")["id"]
    owner = people.browser(people.owner)
    url = owner.post(people.url(f"/mailboxes/{mailbox_id}/hook")).json()["url"]
    secret, provider = url.split("/")[-2:]
    row = Mailbox.objects.get(pk=mailbox_id)
    assert (provider, row.hook) == ("postmark", hash_token(secret))
    assert secret not in owner.get(people.url(f"/mailboxes/{mailbox_id}")).content.decode()
    assert owner.get(people.url(f"/mailboxes/{mailbox_id}")).json()["hooked"]


def test_whose_secrets_another_installation_sealed_has_to_be_given_them_again(people: People) -> None:
    mailbox_id = made(people)["id"]
    Mailbox.objects.filter(pk=mailbox_id).update(secrets="gAAAAAB-of-somebody-else")
    assert people.browser(people.owner).get(people.url(f"/mailboxes/{mailbox_id}")).json()["secrets"] == []
    assert patched(people, mailbox_id, name="Ongi").status_code == 422
    assert patched(people, mailbox_id, name="Ongi", secrets=SECRETS).status_code == 200


def test_agents_and_strangers_change_nothing(people: People) -> None:
    mailbox_id = made(people)["id"]
    agent = people.browser(people.agent)
    assert agent.post(people.url("/mailboxes"), body()).status_code == 403
    assert agent.get(people.url(f"/mailboxes/{mailbox_id}")).status_code == 403
    assert agent.call("PATCH", people.url(f"/mailboxes/{mailbox_id}"), {"name": "x"}).status_code == 403
    outsider = people.actor(people.outsider)
    for attempt in (
        lambda: change_mailbox(actor=outsider, mailbox_id=mailbox_id, choices={"name": "x"}),
        lambda: remove_mailbox(actor=outsider, mailbox_id=mailbox_id),
        lambda: renew_hook(actor=outsider, mailbox_id=mailbox_id),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_everything_done_to_it_is_in_the_audit_log(people: People) -> None:
    mailbox_id = made(people)["id"]
    patched(people, mailbox_id, name="Ongi")
    renew_hook(actor=people.actor(people.owner), mailbox_id=mailbox_id)
    remove_mailbox(actor=people.actor(people.owner), mailbox_id=mailbox_id)
    lines = AuditEntry.objects.filter(action__startswith="mailbox.").order_by("id")
    assert [each.action.split(".")[1] for each in lines] == ["created", "changed", "hook_renewed", "removed"]
    assert {each.detail["address"] for each in lines} == {"help@ongi.example"}


def test_a_mailbox_whose_team_was_removed_can_still_be_saved(people: People) -> None:
    owner = people.actor(people.owner)
    team = create_team(actor=owner, name="Mail", agent_ids=[])
    mailbox = made(people, team_id=team.pk)
    delete_team(actor=owner, team_id=team.pk)
    answer = patched(people, mailbox["id"], name="Ongi", team_id=team.pk)
    assert (answer.status_code, answer.json()["name"], answer.json()["team_id"]) == (200, "Ongi", None)


def test_nobody_sets_one_up_that_would_write_through_the_house_s_server_in_another_s_name(
    people: People, settings: Settings
) -> None:
    settings.EMAIL_HOST, settings.MAIL_SENDERS = "mail.desk.example", frozenset({"ongi.example"})
    made(people, way_in="pipe", way_out="house")
    other = body(address="ceo@desk.example", way_in="pipe", way_out="house")
    refused = people.browser(people.owner).post(people.url("/mailboxes"), other)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["way_out"])
    mailbox_id = made(people, address="shop@else.example")["id"]
    assert patched(people, mailbox_id, way_out="house").status_code == 422
    assert Mailbox.objects.get(pk=mailbox_id).way_out == "smtp"
