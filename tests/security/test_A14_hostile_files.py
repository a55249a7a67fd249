"""A14: whatever a file is called or pretends to be, it is bytes under a random name; nothing unpacks or draws it."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from PIL import Image

from tests.protocol.desk import Desk, Who
from tests.security.test_A16_file_addresses import upload

MEGABYTE = 2**20
SQLITE = "sonnim.sqlite3"
NAMES = [
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/cron.d/x", "C:\\autoexec.bat", ".htaccess", ".phtml",
    "shell.phtml", "shell.php.jpg", "shell.jpg.php", "index.html", "con", "nul.txt", "a/b/c.png", "....//....//x",
    "in\u200bvis\u2060ible.png", "\u200b\u200d", "gpj.\u202eexe", "\ufeffbom.txt", "soft\u00adhyphen.exe", "\u3164",
    "line\u2028break.txt", "a%0d%0aContent-Type: text/html.txt", 'quo"te.txt', "semi;colon=.txt", "tab\tname.txt",
    "%2e%2e%2fescaped.txt", "%00.png", "고양이.png", "猫.png", "😀.png", " .txt", "...", ".", "..", "~", "-rf", "*",
    "${jndi:ldap://x}", "$(id).txt", "`id`.txt", "x" * 5000 + ".png", "{{7*7}}.txt", "=cmd|calc.csv", "a" * 199 + ".é",
]  # fmt: skip
INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u2064\u3164\ufeff]"
)


@pytest.fixture
def shopper(desk: Desk) -> Who:
    """Somebody new each time, because uploads are counted."""
    return desk.visitor()


def stored(desk: Desk) -> set[Path]:
    return {file for file in desk.server.data_dir.rglob("*") if file.is_file()}


def content(desk: Desk, who: Who, file: int) -> httpx.Response:
    return desk.http.get(f"/api/v1/widget/attachments/{file}/content", headers=who.headers)


def raw_upload(desk: Desk, who: Who, name: str, data: bytes) -> httpx.Response:
    """A multipart body written by hand, because clients tidy names up."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    head = (
        f'--cut\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\nContent-Type: image/png\r\n\r\n'
    )
    body = head.encode() + data + b"\r\n--cut--\r\n"
    headers = {**who.headers, "Content-Type": "multipart/form-data; boundary=cut"}
    return desk.http.post("/api/v1/widget/attachments", content=body, headers=headers)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_is_only_ever_shown(desk: Desk, shopper: Who, name: str) -> None:
    before = stored(desk)
    answer = raw_upload(desk, shopper, name, b"harmless")
    assert answer.status_code in {201, 422}
    if answer.status_code == 422:  # a name of which nothing is left makes no file
        assert {file for file in stored(desk) - before if SQLITE not in file.name} == set()
        return
    shown = answer.json()["name"]
    assert 0 < len(shown) <= 200
    assert not INVISIBLE.search(shown)
    assert not {"/", "\\"} & set(shown)
    assert not shown.startswith(".")
    [kept] = {
        file.relative_to(desk.server.data_dir).as_posix() for file in stored(desk) - before if SQLITE not in file.name
    }
    assert re.fullmatch(rf"files/{desk.shop}/\d{{4}}-\d\d/[0-9a-f]{{48}}", kept)
    got = content(desk, shopper, answer.json()["id"])
    assert got.content == b"harmless"
    assert got.headers["content-type"] == "application/octet-stream"
    disposition = got.headers["content-disposition"]
    assert disposition.startswith("attachment;")
    assert not INVISIBLE.search(disposition)


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def resident(desk: Desk) -> int:
    """Bytes of memory that the server holds."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{desk.server.pid}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024


def picture(kind: str, size: tuple[int, int]) -> bytes:
    made = io.BytesIO()
    Image.new("L", size).save(made, kind)
    return made.getvalue()


def zip_bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(10):
            archive.writestr(f"../../zeros-{number}", bytes(20 * MEGABYTE))
    return made.getvalue()


def text_bomb() -> bytes:
    """A PNG whose comment of a few kilobytes unpacks to a hundred megabytes."""
    packed = b"comment\x00\x00" + zlib.compress(bytes(100 * MEGABYTE), 9)
    chunk = struct.pack(">I", len(packed)) + b"zTXt" + packed + struct.pack(">I", zlib.crc32(b"zTXt" + packed))
    plain = png(4, 4, bytes(4 * 17))
    return plain[:33] + chunk + plain[33:]


def webp_bomb() -> bytes:
    """The header of an animated WebP of 16,384 by 16,384 points, with a frame of nothing."""
    canvas = (16383).to_bytes(3, "little")
    extended = b"VP8X" + struct.pack("<I", 10) + b"\x02\x00\x00\x00" + canvas + canvas
    animation = b"ANIM" + struct.pack("<I", 6) + bytes(6)
    still = picture("WEBP", (1, 1))[12:]
    frame = bytes(3) + bytes(3) + bytes(3) + bytes(3) + bytes(3) + b"\x00" + still
    chunks = extended + animation + b"ANMF" + struct.pack("<I", len(frame)) + frame
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


BOMBS: dict[str, Callable[[], bytes]] = {
    "header of 30,000 by 30,000": lambda: png(30_000, 30_000),
    "PNG of 12,000 by 12,000": lambda: png(12_000, 12_000, bytes(MEGABYTE)),
    "unpacking comment": text_bomb,
    "animated WebP": webp_bomb,
    "zip": zip_bomb,
    "GIF of 65,535 by 65,535": lambda: b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\x00\x00\x00;",
    "half a JPEG": lambda: picture("JPEG", (3000, 3000))[:300],
    "text called PNG": lambda: b"\x89PNG\r\n\x1a\n" + b"A" * 1000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_kept_as_it_is_and_memory_stays_flat(desk: Desk, shopper: Who, bomb: str) -> None:
    data = BOMBS[bomb]()
    upload(desk, shopper, "warm.png", picture("PNG", (2, 2)))
    before = resident(desk)
    files = [upload(desk, shopper, "bomb.png", data) for _ in range(5)]
    got = content(desk, shopper, files[-1]["id"])
    assert resident(desk) - before < 24 * MEGABYTE
    assert got.content == data
    for file in files:
        assert (file["size"], file["width"], file["height"]) == (len(data), None, None)
        assert file["type"] not in {"image/png", "image/jpeg", "image/gif", "image/webp"}
    assert got.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_real_picture_is_shown_with_its_size_whatever_its_name(desk: Desk, shopper: Who, kind: str) -> None:
    file = upload(desk, shopper, "page.html", picture(kind, (40, 30)))
    assert (file["type"], file["width"], file["height"]) == (f"image/{kind.lower()}", 40, 30)
    got = content(desk, shopper, file["id"])
    assert got.headers["content-type"] == f"image/{kind.lower()}"
    assert got.headers["content-disposition"].startswith("inline;")
