"""A push service and its browser, on loopback: takes what is posted, and reads it as a browser would."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sonnim.accounts.models import Agent
from sonnim.notifications import actions
from sonnim.notifications.models import Device
from sonnim.notifications.push.encryption import from_base64url, point_of, to_base64url


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


class PushService:
    """One browser's mailbox. `answers` is what it says to the next requests, 201 after that."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.endpoint = f"http://{self.host}/push/one"
        self.answers: list[int] = []
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)

    @property
    def keys(self) -> dict[str, str]:
        """What a browser gives away with its subscription."""
        return {"p256dh": to_base64url(point_of(self._key.public_key())), "auth": to_base64url(self._auth)}

    def messages(self) -> list[dict[str, Any]]:
        """What has arrived, decrypted."""
        return [json.loads(self.decrypt(body)) for _, body in self.requests]

    def decrypt(self, body: bytes) -> bytes:
        """RFC 8291 from the browser's side."""
        salt, length = body[:16], body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self._key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        mine = point_of(self._key.public_key())
        secret = _derive(shared, self._auth, b"WebPush: info\0" + mine + theirs, 32)
        key = _derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derive(secret, salt, b"Content-Encoding: nonce\0", 12)
        return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0").removesuffix(b"\x02")

    def sender(self) -> tuple[str, dict[str, Any]]:
        """The key and the claims by which the last sender proved who it is."""
        header = self.requests[-1][0]["Authorization"].removeprefix("vapid ")
        parts = dict(part.strip().split("=", 1) for part in header.split(","))
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(parts["k"]))
        return parts["k"], jwt.decode(parts["t"], point, algorithms=["ES256"], audience=f"http://{self.host}")


@contextmanager
def push_service() -> Iterator[PushService]:
    """One that listens while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.requests.append((dict(self.headers), body))
            self.send_response(service.answers.pop(0) if service.answers else 201)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def subscribe(agent: Agent, service: PushService, session: str = "") -> Device:
    """Let the agent's browser take pushes."""
    return actions.add_device(
        shop_id=agent.shop_id, agent_id=agent.pk, endpoint=service.endpoint, label="phone", session=session,
        **service.keys,
    )  # fmt: skip
