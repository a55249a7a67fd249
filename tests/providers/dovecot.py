"""A real Dovecot (2.3, from the system's packages) with one account, on ports of its own; gone afterwards."""

import imaplib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.providers.processes import ServerProcess, accepts_connections, free_port, running_as_root

USER, PASSWORD = "shop", "달항아리-at-dawn"
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
auth_mechanisms = plain login
auth_failure_delay = 0
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
"""


def why_not() -> str:
    """Why it cannot be had on this machine; empty when it can."""
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        return "Dovecot is not installed (apt install dovecot-imapd)"
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    return "" if version.startswith("2.3.") else f"Dovecot {version.strip()} has another form of configuration"


class Dovecot:
    """A running server; `certificate` is what its TLS is to be trusted by."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sonnim-dovecot-"))
        self.folder.chmod(0o755)
        self.port, self.tls_port = free_port(), free_port()
        self.certificate = self.folder / "certificate.pem"
        self._process: ServerProcess | None = None
        try:
            self._configure()
            self.start()
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def hosts(self) -> frozenset[str]:
        """What a client has to be allowed to reach."""
        return frozenset({f"127.0.0.1:{self.port}", f"127.0.0.1:{self.tls_port}"})

    def settings(self, security: str) -> dict[str, Any]:
        """What a mailbox on this server has as its settings."""
        port = self.tls_port if security == "tls" else self.port
        return {"host": "127.0.0.1", "port": port, "security": security, "user": USER, "auth": "password"}

    def start(self) -> None:
        """Starts the server on its mail; also after `kill`."""
        self._process = ServerProcess(
            "Dovecot",
            [shutil.which("dovecot") or "/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot.conf"],
            log=self.folder / "output",
            ready=lambda: accepts_connections(self.port),
        )

    def kill(self) -> None:
        """Ends the server and every connection to it."""
        if self._process is not None:
            self._process.end(with_signal=signal.SIGTERM, timeout_s=10)
            self._process = None

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Let mails arrive."""
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            for mail in mails:
                client.append(folder, None, None, mail)

    def flags(self) -> list[bytes]:
        """The flags of all mails in the inbox."""
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            client.select(readonly=True)
            return [each for each in client.fetch("1:*", "(FLAGS)")[1] if isinstance(each, bytes)]

    def renumber(self) -> None:
        """Lose what the server knows of the numbers of mails: it begins anew, under another UIDVALIDITY."""
        self.kill()
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (self.folder / "mail" / USER / name).unlink(missing_ok=True)
        self.start()

    def _configure(self) -> None:
        own = pwd.getpwuid(os.geteuid())
        mail = pwd.getpwnam("mail") if running_as_root() else own
        home = self.folder / "mail"
        home.mkdir()
        os.chown(home, mail.pw_uid, mail.pw_gid)
        as_root = running_as_root()
        text = _CONFIGURATION.format(
            folder=self.folder, port=self.port, tls_port=self.tls_port, password=PASSWORD, uid=mail.pw_uid,
            gid=mail.pw_gid, internal="dovecot" if as_root else own.pw_name,
            group="dovecot" if as_root else own.pw_gid, login="dovenull" if as_root else own.pw_name,
        )  # fmt: skip
        (self.folder / "dovecot.conf").write_text(text, encoding="utf-8")
        self._certify()

    def _certify(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        )  # fmt: skip
        self.certificate.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        (self.folder / "key.pem").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
