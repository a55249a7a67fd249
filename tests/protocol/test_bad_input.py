"""Bad frames: a typed error with a stable code, the socket stays, nothing is stored; abuse is shown the door."""

import asyncio
import json
import uuid
from typing import Any

import pytest

from tests.protocol.client import Client
from tests.protocol.desk import Desk

ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"


def send(**more: Any) -> str:
    return json.dumps({"t": "send", "client_id": str(uuid.uuid4()), "text": "말", **more})


FRAMES: dict[str, tuple[str | bytes, str]] = {
    "nothing": ("", "invalid"),
    "no JSON": ("{", "invalid"),
    "no UTF-8": (b"\xff\xfe", "invalid"),
    "bytes of zero": (b"\x00" * 64, "invalid"),
    "a list": ("[]", "invalid"),
    "a number": ("17", "invalid"),
    "no type": ('{"text":"x"}', "invalid"),
    "an unknown type": ('{"t":"drop_tables"}', "invalid"),
    "a server's frame": ('{"t":"ack","client_id":"x"}', "invalid"),
    "an unknown field": (send(admin=True), "invalid"),
    "another type of value": (send(text=7), "invalid"),
    "half a surrogate pair": ('{"t":"send","client_id":"' + ID + '","text":"\\ud800"}', "invalid"),
    "a thousand brackets": ("[" * 1000, "invalid"),
    "a hundred thousand brackets": ("[" * 100_000, "invalid"),
    "a frame of 600 KB": (send(text="x" * 600_000), "too_large"),
    "a frame of 2 MB": (send(text="x" * 2_000_000), "too_large"),
    "no client_id": ('{"t":"send","text":"x"}', "invalid"),
    "a client_id that is none": (send(client_id="x"), "invalid"),
    "a client_id in capitals": (send(client_id=ID.upper()), "invalid"),
    "a client_id with a line break": (send(client_id=ID + "\n"), "invalid"),
    "an empty text": (send(text=""), "text_invalid"),
    "a text of blanks": (send(text=" \n\t　"), "text_invalid"),
    "a text that is too long": (send(text="가" * 20_001), "text_invalid"),
    "a NUL": (send(text="a\x00b"), "text_invalid"),
    "a note": (send(kind="note"), "forbidden"),
    "rich text": (send(data={"rich": [{"type": "paragraph", "content": []}]}), "forbidden"),
    "rich text of another shape": (send(data={"rich": [{"type": "html", "text": "<b>"}]}), "invalid"),
    "an unknown kind": (send(kind="event"), "invalid"),
    "conversation of nobody": (send(conversation=999_999_999), "not_found"),
    "conversation 0": (send(conversation=0), "not_found"),
    "a negative conversation": (send(conversation=-1), "not_found"),
    "a conversation beyond all integers": (send(conversation=2**80), "not_found"),
    "a conversation beyond the database's": (send(conversation=2**62), "not_found"),
    "a file of nobody": (send(attachments=[999_999]), "attachments_invalid"),
    "the same file twice": (send(attachments=[1, 1]), "attachments_invalid"),
    "eleven files": (send(attachments=list(range(1, 12))), "attachments_invalid"),
    "a negative file": (send(attachments=[-1]), "attachments_invalid"),
    "seen in a foreign conversation": ('{"t":"seen","seq":1,"conversation":999999}', "not_found"),
    "seen beyond the end": ('{"t":"seen","seq":1000}', "invalid"),
    "seen before the beginning": ('{"t":"seen","seq":-1}', "invalid"),
    "seen beyond all integers": ('{"t":"seen","seq":' + str(2**62) + "}", "invalid"),
    "typing elsewhere": ('{"t":"typing","on":true,"conversation":999999}', "not_found"),
    "typing maybe": ('{"t":"typing","on":"yes"}', "invalid"),
    "a shopper who watches": ('{"t":"watch","conversations":[1]}', "forbidden"),
    "a shopper at the desk": ('{"t":"active","on":true}', "forbidden"),
    "another page's fields": ('{"t":"page","url":"/","title":"","cookie":"x"}', "invalid"),
}


async def _answered(desk: Desk, frame: str | bytes) -> tuple[str, Client, list[dict[str, Any]]]:
    """The code that a shopper in the middle of a chat gets for a frame, and what is stored afterwards."""
    async with Client(desk, await asyncio.to_thread(desk.visitor)) as client:
        await client.is_live()
        await client.say("처음")
        await client.is_settled()
        seen = len(client.log)
        await client.transmit(frame)
        await client.until(lambda: any(found["t"] == "error" for found in client.log[seen:]), "an error")
        [error] = [found for found in client.log[seen:] if found["t"] == "error"]
        await client.say("나중")
        await client.is_settled()
        assert not client.closes, "the socket must stay"
        [conversation] = {ack["conversation"] for ack in client.acked.acks.values()}
        stored = await asyncio.to_thread(desk.entries, desk.agent(), conversation)
        return error["code"], client, stored


@pytest.mark.parametrize("what", FRAMES)
def test_a_bad_frame_gets_its_code_and_leaves_no_trace(desk: Desk, what: str) -> None:
    frame, expected = FRAMES[what]
    code, _, stored = asyncio.run(_answered(desk, frame))
    assert code == expected
    assert [entry["text"] for entry in stored] == ["처음", "나중"]


def test_a_foreign_conversation_looks_like_none(desk: Desk) -> None:
    async def intrude() -> str:
        async with Client(desk, await asyncio.to_thread(desk.visitor)) as victim:
            await victim.is_live()
            await victim.say("비밀")
            await victim.is_settled()
            [ack] = victim.acked.acks.values()
            code, _, _ = await _answered(desk, send(conversation=ack["conversation"]))
            timeline = await asyncio.to_thread(desk.entries, desk.agent(), ack["conversation"])
            assert [entry["text"] for entry in timeline] == ["비밀"]
            return code

    assert asyncio.run(intrude()) == "not_found"


def test_the_same_client_id_with_other_content_is_a_conflict(desk: Desk) -> None:
    async def again() -> tuple[str, list[dict[str, Any]]]:
        async with Client(desk, await asyncio.to_thread(desk.visitor)) as client:
            await client.is_live()
            client_id = await client.say("하나")
            await client.is_settled()
            await client.transmit(send(client_id=client_id, text="둘"))
            await client.until(lambda: "conflict" in client.errors(), "a conflict")
            [ack] = client.acked.acks.values()
            return client.errors()[0], await asyncio.to_thread(desk.entries, desk.agent(), ack["conversation"])

    code, stored = asyncio.run(again())
    assert code == "conflict"
    assert [entry["text"] for entry in stored] == ["하나"]


@pytest.mark.parametrize(
    "text",
    [
        "가" * 20_000,
        "zero\u200bwidth\u200d\ufeffjoiners",
        "\u202eright to left\u202c שלום مرحبا",
        "👩🏽‍🚀👨‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "é é \u1112\u1161\u11ab 한",
        "  leading and trailing \r\n\t",
        "\x01\x02\x1b[31m\x7f\x85\u2028\u2029",
        "𠮷野家 𓀀 \U0010ffff",
        "<script>alert(1)</script> {{7*7}} ${x} ' OR 1=1 --",
    ],
    ids=["20,000", "zero-width", "rtl", "emoji", "combining", "blanks", "controls", "astral", "markup"],
)
def test_text_of_any_script_arrives_exactly_as_it_was_written(desk: Desk, text: str) -> None:
    async def say() -> list[str]:
        async with Client(desk, await asyncio.to_thread(desk.visitor)) as client, Client(desk, desk.agent()) as agent:
            await client.is_live()
            await agent.is_live()
            client_id = await client.say(text)
            await client.is_settled()
            [ack] = client.acked.acks.values()
            await agent.until(lambda: str(ack["id"]) in agent.view.of("entries"), "the message")
            stored = await asyncio.to_thread(desk.entries, desk.agent(), ack["conversation"])
            assert stored[0]["client_id"] == client_id
            return [stored[0]["text"], agent.view.of("entries")[str(ack["id"])]["text"]]

    assert asyncio.run(say()) == [text, text]


def test_repeated_abuse_closes_the_line_and_a_new_one_may_be_opened(desk: Desk) -> None:
    async def abuse() -> list[int]:
        async with Client(desk, await asyncio.to_thread(desk.visitor)) as client:
            await client.is_live()
            for _ in range(60):
                await client.transmit("{}")
            await client.until(lambda: bool(client.closes), "a closed line")
            await client.is_live()
            await client.say("이제 얌전히")
            await client.is_settled()
            return client.closes

    assert asyncio.run(abuse())[0] == 4009


@pytest.mark.parametrize(
    "resume",
    [
        {"t": "resume", "as": "visitor", "token": "v_guess"},
        {"t": "resume", "as": "visitor", "token": None},
        {"t": "resume", "as": "agent", "shop": 1},
        {"t": "resume", "as": "agent", "shop": 1, "token": "sk_guess"},
    ],
)
def test_a_stranger_is_told_so_and_the_line_is_closed(desk: Desk, resume: dict[str, Any]) -> None:
    async def come() -> tuple[list[str], list[int]]:
        from websockets.asyncio.client import connect
        from websockets.exceptions import ConnectionClosed

        codes = []
        async with connect(desk.server.ws_url) as line:
            await line.recv()
            await line.send(json.dumps(resume))
            try:
                while True:
                    codes.append(json.loads(await asyncio.wait_for(line.recv(), 10))["code"])
            except ConnectionClosed as closed:
                return codes, [closed.rcvd.code if closed.rcvd else 0]

    assert asyncio.run(come()) == (["unauthenticated"], [4001])


@pytest.mark.parametrize("pos", [-1, 2**53, 2**62, 10**15])
def test_an_impossible_position_starts_over(desk: Desk, pos: int) -> None:
    async def jump() -> str:
        async with Client(desk, await asyncio.to_thread(desk.visitor)) as client:
            await client.is_live()
            seen = len(client.log)
            await client.transmit(client.who.resume(client.epoch, pos))
            await client.until(lambda: len(client.log) > seen + 1, "an answer")
            assert not client.closes
            return str(client.log[seen]["t"])

    assert asyncio.run(jump()) == "reset"
