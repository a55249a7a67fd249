"""A36: who holds the disk, the log or any answer of a running server holds no secret that opens anything."""

import json
import subprocess
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from sonnim.accounts.tests.signing_in import totp
from sonnim.contacts.identity import sign_identity
from tests.conftest import IN_LARGE_COLUMN, StartServer
from tests.people import PASSWORD
from tests.protocol.desk import LIFTED, Desk, Who
from tests.security.line import Line
from tests.security.owner import AUTH, Owner, join
from tests.security.routes import all_routes

SERVER = {"host": "mail.ongi.invalid", "port": 993, "user": "help@ongi.invalid"}
MAILBOX = {"address": "ongi@naver.com", "imap": SERVER, "smtp": SERVER}
NEW_PASSWORD = "two bows of celadon, never seen"


@dataclass
class Life:
    """A server that has been given every kind of secret, and all that it answered since they were given."""

    desk: Desk
    secrets: dict[str, str]
    answers: dict[str, str]


@pytest.fixture(scope="module")
def life(start_server: StartServer) -> Iterator[Life]:
    server = start_server(
        demo=False, **LIFTED, SONNIM_LOG_LEVEL="DEBUG", SONNIM_SMTP_HOST="127.0.0.1", SONNIM_SMTP_PORT="9"
    )
    desk = Desk.open(server, "secrets")
    owner, life = Owner(desk), Life(desk, {}, {})
    give_secrets(life, owner)
    ask_everything(life, owner)
    make_errors(life, owner)
    yield life
    owner.http.close()
    desk.close()


def give_secrets(life: Life, owner: Owner) -> None:
    desk, shop = life.desk, f"/api/v1/shops/{life.desk.shop}"
    life.secrets["identity secret"] = owner.identity_secret()
    identity = sign_identity(secret=life.secrets["identity secret"], subject="c-1", name="Jiwoo")
    begun = desk.http.post("/api/v1/widget/session", json={"key": desk.key, "token": None, "identity": identity}).json()
    visitor = Who("visitor", begun["contact"]["id"], begun["token"], desk.shop)
    desk.call(visitor, "POST", "/messages", {"client_id": str(uuid.uuid4()), "text": "hello"})
    invited = owner.post(f"{shop}/invitations", {"email": "invited@people.test", "role": "agent"}).json()
    _, joined = join(desk, "Joined")
    passwords = {f"{way}_password": f"{way} password of a mailbox" for way in ("imap", "smtp")}
    mailbox = owner.post(f"{shop}/mailboxes", {**MAILBOX, "secrets": passwords}).json()["id"]
    life.secrets |= passwords
    life.secrets |= {
        "address for a provider": owner.post(f"{shop}/mailboxes/{mailbox}/hook").json()["url"].split("/")[-2],
        "identity token": identity,
        "visitor token": begun["token"],
        "invitation": invited["link"].rsplit("/", 1)[1],
        "API token": owner.post(f"{shop}/tokens", {"name": "import"}).json()["secret"],
        "prepared token": desk.agent("owner").token,
        "session of somebody who joined": joined.cookies["sonnim"],
    }
    joined.close()
    assert owner.post(f"{AUTH}/auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    secret = owner.http.get(f"{AUTH}/account/authenticators/totp").json()["meta"]["secret"]
    assert owner.post(f"{AUTH}/account/authenticators/totp", {"code": totp(secret)}).status_code == 200
    codes = owner.http.get(f"{AUTH}/account/authenticators/recovery-codes").json()["data"]["unused_codes"]
    life.secrets |= {"second factor": secret, **{f"recovery code {number}": code for number, code in enumerate(codes)}}
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert owner.post(f"{AUTH}/account/password/change", change).status_code == 200
    assert owner.post(f"{AUTH}/auth/password/request", {"email": "agent@secrets.test"}).status_code in {200, 401}
    life.secrets |= {"password": PASSWORD, "new password": NEW_PASSWORD, "secret key": secret_key(desk)}


def secret_key(desk: Desk) -> str:
    return (desk.server.data_dir / "secret.key").read_text(encoding="ascii").strip()


def ask_everything(life: Life, owner: Owner) -> None:
    """Every address that can be read, with somebody who may, and the socket from the beginning of the log."""
    desk = life.desk
    ids = {"shop_id": desk.shop, "conversation_id": 1, "contact_id": 1, "token": "x"}
    for route in all_routes():
        if route.method == "GET" and "attachment_id" not in route.path:
            path = "/api/v1" + route.path.format_map(defaultdict(lambda: 1, ids))
            life.answers[path] = owner.http.get(path).text
    for path in ("/auth/session", "/auth/sessions", "/account/authenticators", "/config"):
        life.answers[path] = owner.http.get(AUTH + path).text
    snapshot = desk.call(desk.agent("owner"), "GET", "/snapshot")
    line = Line.live(desk, desk.agent("owner"), epoch=snapshot["epoch"], pos=0)
    line.settle()
    life.answers["socket"] = json.dumps(line.got)
    assert {frame["type"] for frame in line.events()} >= {"agent.added", "message.created"}


def make_errors(life: Life, owner: Owner) -> None:
    """Secrets in the wrong place: what was refused must not be written down either."""
    desk = life.desk
    for name, secret in life.secrets.items():
        for path in ("/api/v1/me", f"/api/v1/shops/{desk.shop}/teams", "/api/v1/widget/session", f"{AUTH}/auth/login"):
            life.answers[f"{name} sent to {path}"] = owner.post(path, {"surplus": secret, "key": desk.key}).text
        with httpx.Client(base_url=desk.server.url, timeout=60, trust_env=False) as stranger:
            wrong = {"Authorization": f"Bearer {secret[:60]}x"} if secret.isascii() else {}
            stranger.get(f"/api/v1/shops/{desk.shop}/snapshot", headers=wrong)
            stranger.post(f"{AUTH}/auth/login", json={"email": "owner@secrets.test", "password": secret})
    for token in (life.secrets["visitor token"], life.secrets["API token"]):
        line = Line(desk)
        line.say({"t": "resume", "as": "visitor", "token": token[:-1] + "x", "epoch": None, "pos": None})
        life.answers[f"refusal of a token like {token[:4]}"] = json.dumps(line.until("error"))
        line.cut()


def found_in(life: Life, text: str | bytes, *, but: frozenset[str] = frozenset()) -> list[str]:
    plain = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return [name for name, secret in life.secrets.items() if name not in but and secret.encode() in plain]


def test_the_secrets_are_worth_looking_for(life: Life) -> None:
    assert len(life.secrets) >= 18
    assert all(len(secret) >= 8 for secret in life.secrets.values())
    assert all(found_in(life, f"a line with {secret} in it") for secret in life.secrets.values())


def test_no_answer_holds_a_secret(life: Life) -> None:
    assert len(life.answers) > 40
    for where, answer in life.answers.items():
        assert found_in(life, answer) == [], where
        assert "argon2" not in answer, where


def test_no_file_of_the_installation_holds_a_secret(life: Life) -> None:
    """Database, its write-ahead log, uploads, logs. A session's key stands in the database as sessions do."""
    files = [file for file in life.desk.server.data_dir.rglob("*") if file.is_file() and file.name != "secret.key"]
    assert {"server.log"} <= {file.name for file in files}
    assert IN_LARGE_COLUMN or {"sonnim.sqlite3", "sonnim.sqlite3-wal"} <= {file.name for file in files}
    for file in files:
        session = frozenset({"session of somebody who joined"}) if "sqlite3" in file.name else frozenset()
        assert found_in(life, file.read_bytes(), but=session) == [], file.name


def test_the_key_of_the_installation_is_its_owners_alone(life: Life) -> None:
    assert Path(life.desk.server.data_dir / "secret.key").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not IN_LARGE_COLUMN, reason="the small store's database is a file, which is searched as such")
def test_no_table_holds_a_secret(life: Life) -> None:
    code = "\n".join(
        [
            "import django; django.setup()",
            "from django.apps import apps",
            "for model in apps.get_models():",
            "    for row in model._default_manager.values_list(): print(row)",
        ]
    )
    server = life.desk.server
    server.env["DJANGO_SETTINGS_MODULE"] = "sonnim.config.settings"
    rows = server.python("-c", code)
    assert "agent.added" in rows
    assert found_in(life, rows, but=frozenset({"session of somebody who joined"})) == []


def test_no_command_line_and_no_environment_of_a_child_holds_a_secret(life: Life) -> None:
    pid = life.desk.server.pid
    assert found_in(life, Path(f"/proc/{pid}/cmdline").read_bytes()) == []
    children = subprocess.run(["ps", "-o", "args=", "--ppid", str(pid)], capture_output=True, check=False).stdout
    assert found_in(life, children) == []
