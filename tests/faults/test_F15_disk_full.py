"""The disk is full: senders are told so, nothing is acknowledged in vain, and it mends itself once there is room."""

import asyncio
import resource
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import IN_LARGE_COLUMN
from tests.faults.conftest import OpenDesk
from tests.protocol.client import Client
from tests.protocol.desk import Desk, Who
from tests.providers.processes import running_as_root

pytestmark = pytest.mark.skipif(IN_LARGE_COLUMN, reason="the disk of a database server is that server's affair")
TEXT = "디스크" * 6_000
Squeeze = Callable[[int, bool], None]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 8 MB, where this machine lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if not running_as_root() or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        yield None
        return
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def squeezer(disk: Path | None, folder: Path) -> Squeeze:
    """How to take the room away and give it back: with a big file on the small disk, else by a limit on file sizes."""
    if disk is not None:
        filler = disk / "filler"

        def fill(pid: int, full: bool) -> None:
            if full:
                filler.write_bytes(b"\0" * (shutil.disk_usage(disk).free - 600_000))
            else:
                filler.unlink()

        return fill

    def limit(pid: int, full: bool) -> None:
        largest = max(file.stat().st_size for file in folder.glob("sonnim.sqlite3*"))
        size = largest + 600_000 if full else resource.RLIM_INFINITY
        if pid:  # a new process begins without the limit
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return limit


@pytest.mark.parametrize("ending", ["room again", "plug pulled, then room again"])
def test_a_full_disk_is_told_keeps_what_was_acknowledged_and_mends_itself(
    open_desk: OpenDesk, small_disk: Path | None, tmp_path: Path, ending: str
) -> None:
    folder = small_disk or tmp_path
    desk = open_desk(SONNIM_DATABASE_URL=f"sqlite://{folder / 'sonnim.sqlite3'}")
    asyncio.run(_filled(desk, squeezer(small_disk, folder), pull_the_plug="plug" in ending))
    desk.server.stop()


async def _filled(desk: Desk, squeeze: Squeeze, *, pull_the_plug: bool) -> None:
    shopper = await asyncio.to_thread(desk.visitor)
    async with Client(desk, shopper) as client:
        await client.is_live()
        await client.say("there is room")
        await client.is_settled()
        [conversation] = {ack["conversation"] for ack in client.acked.acks.values()}
        squeeze(desk.server.pid, True)
        said = 1
        while "storage_full" not in client.errors():
            await client.say(f"{said} {TEXT}")
            said += 1
            assert said < 200, "the disk did not become full"
            await client.until(lambda: len(client.outbox) < 2 or "storage_full" in client.errors(), "an answer")
        beside = await asyncio.to_thread(_is_told_over_http, desk, shopper)
        acked = set(client.acked.acks)
        read = await asyncio.to_thread(desk.entries, desk.agent(), conversation)
        assert {entry["client_id"] for entry in read} >= acked, "reading must go on"

        if pull_the_plug:
            await asyncio.to_thread(desk.server.kill)
        squeeze(0 if pull_the_plug else desk.server.pid, False)
        if pull_the_plug:
            await asyncio.to_thread(desk.server.start)
        await client.is_settled()
    after = await asyncio.to_thread(desk.entries, desk.agent(), conversation)
    assert acked | beside <= {entry["client_id"] for entry in after}
    words = [entry["text"].split()[0] for entry in after if entry["client_id"] not in beside]
    assert words == ["there", *(str(number) for number in range(1, said))]


def _is_told_over_http(desk: Desk, shopper: Who) -> set[str]:
    """Until it is refused: a message may still find the room that a refused one left when its pages were given back.

    Answers the client_ids of those that were kept.
    """
    kept: set[str] = set()
    for _ in range(200):
        client_id = str(uuid.uuid4())
        answer = desk.ask(shopper, "POST", "/messages", {"client_id": client_id, "text": TEXT})
        if answer.status_code != 200:
            break
        kept.add(client_id)
    refused = answer.json()
    assert (answer.status_code, refused["code"]) == (507, "storage_full")
    assert refused["retry_after"] > 0
    return kept
