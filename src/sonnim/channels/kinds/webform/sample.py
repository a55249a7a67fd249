"""Forms to look at, made from the templates, and filled in as shoppers do."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from sonnim.accounts.callers import Actor
from sonnim.channels.kinds.webform import rules, words
from sonnim.channels.kinds.webform.actions.forms import create_form
from sonnim.channels.kinds.webform.actions.submissions import Handed, hand_in
from sonnim.channels.kinds.webform.models import Form
from sonnim.channels.kinds.webform.rules import Field, Upload
from sonnim.channels.samples import Arrival
from sonnim.kernel.text import LOCALES


def furnish(*, actor: Actor, content: dict[str, Any]) -> None:
    """Forms of the kinds in `content`; see samples."""
    for template in words.templates():
        if template["kind"] in content["kinds"]:
            name = " · ".join(template["name"][locale] for locale in LOCALES)
            create_form(actor=actor, wanted={**template, "name": name})


def arrive(*, arrival: Arrival) -> int:
    """A form that is handed in; `content`: its kind, and what is written into its fields beside the message."""
    form = Form.objects.select_related("shop", "team").get(shop_id=arrival.shop_id, kind=arrival.content["form"])
    fields = rules.checked_fields(form.fields)
    typed = {"name": arrival.name, "email": arrival.address, "message": arrival.text, "consent": "yes"}
    uploads = _uploads(arrival, fields)
    sizes = {name: [Upload(file.name or "", file.size or 0) for file in files] for name, files in uploads.items()}
    written = {**typed, **arrival.content["answers"]}
    answers = rules.read_answers(fields, written, sizes, file_bytes=settings.ATTACHMENT_MAX_BYTES)
    if answers.wrong:
        raise ValueError(f"a sample form is filled in wrongly: {answers.wrong}")
    handed = Handed(fields, answers, uuid.uuid4().hex, arrival.locale, arrival.page)
    return hand_in(form=form, handed=handed, uploads=uploads).conversation


def _uploads(arrival: Arrival, fields: Sequence[Field]) -> dict[str, list[SimpleUploadedFile]]:
    files = [SimpleUploadedFile(name, content, "image/jpeg") for name, content in arrival.files]
    return {next(field.id for field in fields if field.type == "file"): files} if files else {}
