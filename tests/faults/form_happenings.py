"""What is handed in through forms, for F08."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sonnim.channels.kinds.webform import rules, words
from sonnim.channels.kinds.webform.actions.forms import create_form
from sonnim.channels.kinds.webform.actions.submissions import Handed, hand_in
from sonnim.contacts.actions.tags import create_tag
from tests.faults.town import Town


def _handed_in(town: Town, uploads: Mapping[str, Any], **chosen: Any) -> None:
    template = words.templates()[0]
    wanted = {"name": "문의", "fields": template["fields"], "texts": template["texts"], **chosen}
    form = create_form(actor=town.owner, wanted=wanted)
    fields = rules.checked_fields(form.fields)
    given = {"name": "지우", "email": "jiwoo@shop.test", "message": "언제 오나요?", "consent": "yes"}
    answers = rules.read_answers(fields, given, {}, file_bytes=10)
    hand_in(form=form, handed=Handed(fields, answers, "0" * 24, "ko", {}), uploads=uploads)


def _with_file(town: Town) -> None:
    _handed_in(town, {"files": [SimpleUploadedFile("a.txt", b"one")]})


def _placed(town: Town) -> None:
    tag = create_tag(actor=town.owner, name="양식")["id"]
    _handed_in(town, {}, team_id=town.team.pk, tag_ids=[tag])


HANDED: dict[str, list[Callable[[Town], object]]] = {
    "channels.kinds.webform.actions.submissions:hand_in": [_with_file, _placed]
}
