"""`sonnim owner`: a desk without the demo, and the way back in."""

import io

import pytest

from sonnim import cli
from sonnim.accounts.models import Shop, User
from sonnim.accounts.tests.signing_in import signed_in
from tests.people import PASSWORD, People

CREATE = ["owner", "create", "--shop", "Ongi", "--email", "new@people.test", "--name", "New", "--password-stdin"]


def run(monkeypatch: pytest.MonkeyPatch, arguments: list[str], *, typed: str = "") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return cli.main(arguments)


def test_an_owner_who_was_created_signs_in(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, [*CREATE, "--locale", "ko", "--timezone", "Asia/Seoul"], typed=f"{PASSWORD}\n") == 0
    told = signed_in("new@people.test").get("/api/v1/me").json()
    assert (told["shops"][0]["name"], told["shops"][0]["role"], told["user"]["locale"]) == ("Ongi", "owner", "ko")


@pytest.mark.parametrize("wrong", [["--timezone", "Nowhere"], []])
def test_what_is_refused_is_said_in_a_sentence_and_leaves_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: list[str]
) -> None:
    assert run(monkeypatch, [*CREATE, *wrong], typed=PASSWORD if wrong else "short") == 1
    assert capsys.readouterr().err.startswith("sonnim owner: ")
    assert (Shop.objects.count(), User.objects.count()) == (0, 0)


def test_a_new_password_ends_the_sessions_of_the_old_one(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = signed_in("owner@people.test")
    typed = "two small bows in the morning\n"
    assert run(monkeypatch, ["owner", "password", "--email", "OWNER@people.test", "--password-stdin"], typed=typed) == 0
    assert browser.get("/api/v1/me").status_code == 401
    assert run(monkeypatch, ["owner", "password", "--email", "nobody@people.test"]) == 1
