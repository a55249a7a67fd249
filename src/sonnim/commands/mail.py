"""`sonnim mail`: how a mail is read, for an owner who asks why one looks wrong; and a pipe by which mail comes in."""

import argparse
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from sonnim.commands import CommandError, plain_errors
from sonnim.letters.addresses import Address
from sonnim.letters.bounces import ABSENT
from sonnim.letters.bounded import READER
from sonnim.letters.letter import Letter
from sonnim.letters.limits import MAX_BYTES, Unreadable
from sonnim.letters.reply import split_reply


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("mail", help="show how a mail is read; take one in")
    actions = parser.add_subparsers(dest="action", metavar="action", required=True)
    parse = actions.add_parser("parse", help="what is read from mails in files; - is the standard input")
    parse.add_argument("--json", action="store_true", help="one JSON line a file")
    parse.add_argument("files", nargs="+", metavar="FILE")
    receive = actions.add_parser(
        "receive", help="take in the mail on the standard input, for a mail server that hands it over; 0 means kept"
    )
    receive.add_argument("--mailbox", default="", metavar="ADDRESS", help="whose it is, where there are several")
    actions.add_parser("reply", help="the part of a plain text that its writer wrote; text on the standard input")


def run(args: argparse.Namespace) -> int:
    if args.action == "receive":
        return _receive(args.mailbox)
    if args.action == "reply":
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
        sys.stdout.write(f"{split_reply(text).reply}\n")
        return 0
    for name in args.files:
        found = described(name, _bytes(name))
        if args.json:
            sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(_for_people(found))
        sys.stdout.flush()
    return 0


def _receive(address: str) -> int:
    """0 once the disk has the mail; everything else is a reason to try again, and never one to return the mail."""
    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    while sys.stdin.buffer.read(2**20):  # whoever writes wants to come to its end
        pass
    try:
        if not raw:
            raise CommandError("there is no mail on the standard input.")
        with plain_errors():
            import django

            django.setup()
            from sonnim.channels import registry

            for name in registry.modules("pipe"):
                importlib.import_module(name).take(raw, address=address)
    except Exception as error:
        print(f"sonnim mail receive: {error}", file=sys.stderr)
        return os.EX_TEMPFAIL
    return 0


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror or error}.") from error


def described(name: str, raw: bytes) -> dict[str, Any]:
    """What is read from a mail; when it cannot be read, `error` says why and the rest is empty."""
    try:
        return _described(name, READER.read(raw), None)
    except Unreadable as error:
        nobody = Address("", "")
        nothing = Letter(nobody, [], [], [], "", None, "", [], [], "", "", "", "")
        return _described(name, nothing, str(error))


def _described(name: str, letter: Letter, error: str | None) -> dict[str, Any]:
    bounce = letter.bounce
    return {
        "file": name,
        "from": _address(letter.sender),
        "to": [_address(each) for each in letter.to],
        "subject": letter.subject,
        "date": letter.date.isoformat() if letter.date else None,
        "message_id": letter.message_id,
        "text": letter.text,
        "reply": letter.reply,
        "quoted": letter.quoted,
        "attachments": [{"filename": file.filename, "type": file.type, "size": file.size} for file in letter.files],
        "automatic": letter.automatic,
        "bounce": None if bounce is None else {
            "recipient": bounce.recipient, "status": bounce.status, "reason": bounce.reason, "hard": bounce.hard
        },
        "error": error,
    }  # fmt: skip


def _address(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.address}


def _for_people(found: dict[str, Any]) -> str:
    lines = [f"── {found['file']}"]
    if found["error"]:
        return "\n".join([*lines, f"cannot be read: {found['error']}", ""]) + "\n"
    sender = found["from"]
    lines += [
        f"from:    {sender['name']} <{sender['address']}>".replace(":     <", ":    <"),
        f"subject: {found['subject']}",
    ]
    lines += [f"date:    {found['date'] or 'none'}"]
    if found["bounce"] and found["bounce"]["reason"] == ABSENT:
        lines.append(f"notice:  {found['bounce']['recipient']} is away")
    elif found["bounce"]:
        bounce = found["bounce"]
        kind = "for good" if bounce["hard"] else "for now"
        lines.append(
            f"report:  {bounce['recipient'] or 'somebody'} was not reached {kind} ({bounce['reason']}, "
            f"{bounce['status']})"
        )
    elif found["automatic"]:
        lines.append("sent by a machine: never answered automatically")
    lines += [f"file:    {each['filename']} ({each['type']}, {each['size']:,} bytes)" for each in found["attachments"]]
    lines += ["", found["reply"] or "(nothing new was written)"]
    if found["quoted"]:
        lines += ["", f"(quoted: {len(found['quoted'].splitlines())} lines)"]
    return "\n".join([*lines, ""]) + "\n"
