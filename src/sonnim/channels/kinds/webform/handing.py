"""What becomes of a form that somebody hands in: mistakes are shown, robots kept away, the rest is taken."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from sonnim.accounts.callers import client_address
from sonnim.channels.kinds.webform import load, rules, tokens
from sonnim.channels.kinds.webform.actions.submissions import Handed, hand_in
from sonnim.channels.kinds.webform.models import Form
from sonnim.channels.kinds.webform.pages import Shown
from sonnim.channels.kinds.webform.rules import Upload
from sonnim.conversations.files import safe_name
from sonnim.kernel.errors import Blocked, Conflict, Invalid, TextInvalid, Throttled

TRAP = "website"
"""A field that no person sees."""
_BUSY_S = 60


class _Busy(Exception):
    """The same page is being handed in by another request."""


def handed_in(request: HttpRequest, form: Form, shown: Shown) -> tuple[Shown, int]:
    """What to show after somebody has handed a form in, and the answer's status."""
    fields = rules.checked_fields(form.fields)
    uploads = {each.id: request.FILES.getlist(each.id) for each in fields if each.type == "file"}
    files = [file for found in uploads.values() for file in found]
    sizes = {name: [Upload(safe_name(f.name or ""), f.size or 0) for f in found] for name, found in uploads.items()}
    written = {name: str(value) for name, value in request.POST.items()}
    answers = rules.read_answers(fields, written, sizes, file_bytes=settings.ATTACHMENT_MAX_BYTES)
    again = replace(shown, answers=answers)
    # Where scripts run, the page itself says so before anything is sent.
    much = "large" if sum(f.size or 0 for f in files) > settings.ATTACHMENT_MAX_BYTES else ""
    much = much or ("many" if len(files) > rules.MAX_FILES else "")
    if much:
        return replace(again, trouble=much), 413
    if answers.wrong:
        return again, 422
    if not any(answers.values.values()):
        return replace(again, trouble="empty"), 422
    mark = request.POST.get("mark", "")
    opened = tokens.opened(mark, form_id=form.pk)
    if opened is None or opened.too_soon:
        return replace(again, trouble="stale" if opened is None else "soon"), 422
    # A robot learns nothing from being refused; and a browser that fills in everything loses nobody's words.
    trapped = bool(request.POST.get(TRAP))
    solution = request.POST.get("work", "")
    worked = tokens.is_solved(mark, solution, bits=opened.bits) and not trapped
    if worked and opened.bits < load.bits_asked(form.pk) - tokens.PATIENCE_BITS:
        return replace(again, trouble="crowded"), 429
    try:
        load.check_origin(client_address(request), worked=worked)
        aside = trapped or (not worked and load.is_flooded(form.pk))
        handed = Handed(fields, answers, opened.nonce, shown.locale, shown.context, trapped, aside)
        _once(handed, lambda: hand_in(form=form, handed=handed, uploads=uploads))
        load.note_one(form.pk)
    except Throttled:
        return replace(again, trouble="often"), 429
    except _Busy:  # nobody knows yet what becomes of it; the same page asks again, and cannot make two of it
        return replace(again, trouble="soon", mark=mark, bits=opened.bits), 409
    except Conflict:
        return replace(again, trouble="twice"), 409
    except Blocked:
        return replace(again, trouble="closed"), 403
    except TextInvalid:
        return replace(again, trouble="long_all"), 422
    except Invalid:
        return replace(again, trouble="files_bad"), 422
    return replace(shown, done=True), 200


def _once(handed: Handed, work: Callable[[], object]) -> None:
    """Let a page be good for one message.

    Raises:
        Conflict: it was handed in with something else.
        _Busy: it is being handed in at this moment.
    """
    said = json.dumps([handed.answers.values, handed.page], sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(said.encode()).hexdigest()
    key = f"form-page:{handed.nonce}"
    if not cache.add(key, "busy", timeout=_BUSY_S):
        found = cache.get(key)
        if found == digest:
            return
        if found == "busy":
            raise _Busy
        raise Conflict("This page was handed in already.")
    try:
        work()
    except BaseException:
        cache.delete(key)
        raise
    cache.set(key, digest, timeout=tokens.LONGEST_MS // 1000)
