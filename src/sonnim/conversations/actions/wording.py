"""What was written is written otherwise, or taken away for good."""

from functools import partial
from typing import Any

import msgspec
from django.core.files.storage import default_storage
from django.db import transaction

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.conversations import amending, rich, scrubbing
from sonnim.conversations.actions import mentions
from sonnim.conversations.amending import Line
from sonnim.conversations.change import ERASED, SHOWN, Change, EntryRow
from sonnim.conversations.changing import changing
from sonnim.conversations.check import Content
from sonnim.conversations.models import Attachment, Conversation, Envelope, Question, Revision
from sonnim.conversations.shapes import entry_object
from sonnim.conversations.state import State
from sonnim.conversations.together import question_object
from sonnim.eventlog import log
from sonnim.kernel.errors import Conflict, Forbidden, Invalid
from sonnim.kernel.text import preview

_json = msgspec.json.Encoder()


def edit_entry(*, shop_id: int, conversation_id: int, seq: int, agent_id: int, said: Content) -> dict[str, Any]:
    """Give an agent's own message or note another wording; the former one is kept. Answers the entry.

    Raises:
        NotFound: there is no such message.
        Forbidden: somebody else's.
        Conflict: its wording is gone.
        Invalid: edited a hundred times.
    """
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        line = amending.line_of(change, about, seq)
        if (line.author_kind, line.author_id) != ("agent", agent_id):
            raise Forbidden("Only whoever wrote this can write it otherwise.")
        if line.hidden:
            raise Conflict("This wording is gone.")
        before = amending.data_of(line)
        data = {name: value for name, value in before.items() if name != "rich"} | msgspec.json.decode(said.data)
        if (said.text, data) == (line.text, before):
            return _shown(msgspec.structs.astuple(line))
        if Revision.objects.filter(entry_id=line.id).count() >= amending.MAX_REVISIONS:
            raise Invalid("This was edited too often; write a new one.")
        amending.keep_wording(change, line, by=agent_id)
        line.text, line.data, line.edited_at = said.text, _json.encode(data).decode(), change.at
        if amending.is_last_words(change, about, line):
            amending.show_words(about, line)
        row = amending.save_line(change, about, line)
        change.record(about, "entry.edited", entries=[row], public=line.public)
        known = rich.mentioned(rich.read(before["rich"])) if "rich" in before else ()
        called = [each for each in said.mentions if each not in known]
        if called:
            mentions.record(shop_id=shop_id, note=row, by=agent_id, agent_ids=called)
        return _shown(row)


def redact_entry(*, actor: Actor, conversation_id: int, seq: int, reason: str) -> dict[str, Any]:
    """Erase a wording wherever it stands, for good: here, in former wordings, files, lists and the log of events.

    The subject goes with the letter that brought it. Who did it, when and why stays in the audit log; the reason must
    not repeat what was erased. Safe to repeat.

    Raises:
        NotFound: nobody wrote anything there.
    """
    shop_id = actor.shop_id
    found = scrubbing.find(shop_id=shop_id, conversation_id=conversation_id)
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        line = amending.line_of(change, about, seq, events=True)
        if line.hidden == "redacted":
            return _shown(msgspec.structs.astuple(line))
        wordings = [*amending.wordings_of(line), *_forget_subject(about, line)]
        Revision.objects.filter(entry_id=line.id).delete()
        Envelope.objects.filter(entry_id=line.id).delete()
        log.current().enqueue(ERASED, {"channel": about.channel, "entry_id": line.id}, shop_id=shop_id)
        _remove_files(line)
        last = amending.is_last_words(change, about, line)
        amending.hide(change, line, "redacted", by=actor.agent.pk)
        if last:
            about.last_text = ""
        row = amending.save_line(change, about, line)
        question = _forget_question(change, about, line)
        change.record(about, "entry.redacted", entries=[row], public=line.public, desk_put=question)
        _forget_elsewhere(change, about, wordings)
        scrubbing.forget_copies(shop_id=shop_id, contact_id=about.contact_id, wordings=wordings)
        shown = _shown(row)
        scrubbing.scrub(found, entry=shown, wordings=wordings)
        target = f"conversation {conversation_id}, line {seq}"
        audit.record(actor, "conversation.redacted", target=target, reason=reason)
        return shown


def _forget_subject(about: State, line: Line) -> list[str]:
    """Erase the subject if this is the letter that brought it, also where others of the conversation repeat it; answers
    what it was.
    """
    letters = Envelope.objects.filter(conversation_id=about.id)
    brought = letters.filter(entry_id=line.id).values_list("data", flat=True).first()
    if line.seq != 1 or not about.subject or not (brought or {}).get("subject"):
        return []
    said, about.subject = about.subject, ""
    for letter in letters:
        if said in letter.data.get("subject", ""):
            letter.data["subject"] = ""
            letter.save(update_fields=["data"])
    return [said]


def _forget_question(change: Change, about: State, line: Line) -> dict[str, list[Any]] | None:
    """What was asked or answered in an event stands in its question as well; answers that question's new form."""
    told = amending.data_of(line) if line.kind == "event" else {}
    if told.get("what") not in {"asked", "answered"}:
        return None
    question = Question.objects.get(pk=told["question_id"], shop_id=about.shop_id)
    if told["what"] == "asked":
        question.text = ""
    else:
        question.answer = ""
    question.v = change.upcoming(about)
    question.save(update_fields=["text", "answer", "v"])
    return {"questions": [question_object(question)]}


def _remove_files(line: Line) -> None:
    files = Attachment.objects.filter(entry_id=line.id)
    keys = list(files.values_list("key", flat=True))
    files.delete()
    for key in keys:
        transaction.on_commit(partial(default_storage.delete, key))


def _forget_elsewhere(change: Change, about: State, wordings: list[str]) -> None:
    """Conversations of the same shopper that were merged or split may show the same last words."""
    shown = {preview(wording) for wording in wordings if wording}
    others = Conversation.objects.filter(shop_id=about.shop_id, contact_id=about.contact_id, last_text__in=shown)
    ids = list(others.exclude(pk=about.id).values_list("pk", flat=True)[:100])
    change.load(ids)
    for identity in ids:
        other = change.get(about.shop_id, identity)
        other.last_text = ""
        change.record(other, "entry.redacted")


def _shown(row: EntryRow) -> dict[str, Any]:
    return entry_object(row[:SHOWN])
