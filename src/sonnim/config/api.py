"""The REST API: its routers, and the one place where an error becomes problem+json."""

import errno
import logging
import math
from importlib import import_module
from typing import Any

import msgspec
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

import sonnim
from sonnim.channels import registry as channels
from sonnim.kernel import errors

ROUTERS = (
    "sonnim.accounts.api",
    "sonnim.contacts.api",
    "sonnim.conversations.api",
    "sonnim.notifications.api",
    "sonnim.plan.clocks.api",
    "sonnim.plan.document.api",
    "sonnim.plan.promises.api",
    "sonnim.plan.hours.api",
    "sonnim.plan.ladder.api",
    "sonnim.plan.scripts.api",
    "sonnim.routing.api",
    "sonnim.automation.api",
    "sonnim.coaching.api",
    "sonnim.quality.api",
    "sonnim.channels.api",
    *channels.modules("api"),
    "sonnim.reports.api",
    "sonnim.realtime.api",
)
"""Modules with a list `routers`; one line for each domain that speaks HTTP."""
_log = logging.getLogger("sonnim.api")
_encoder = msgspec.json.Encoder()


class Renderer(BaseRenderer):
    """JSON by msgspec."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return _encoder.encode(data)


api = NinjaAPI(
    title="Sonnim",
    version=sonnim.__version__,
    description="Everything that the agent console does. Errors are RFC 9457 problem documents with a stable `code`.",
    openapi_url="/openapi.json",
    docs_url=None,
    renderer=Renderer(),
    urls_namespace="api",
)
for _module in ROUTERS:
    for _router in import_module(_module).routers:
        api.add_router("", _router.ninja)


def problem(error: errors.SonnimError) -> HttpResponse:
    """The answer that tells of an error."""
    response = HttpResponse(
        _encoder.encode(error.as_problem()), status=error.status, content_type="application/problem+json"
    )
    if error.retry_after is not None:
        response["Retry-After"] = str(max(1, math.ceil(error.retry_after)))
    return response


@api.exception_handler(Exception)
def on_exception(request: HttpRequest, error: Exception) -> HttpResponse:
    """Ninja looks handlers up by the exception's classes; this one answers for all of them."""
    known = as_sonnim_error(error)
    if known is None:
        _log.exception("%s %s failed", request.method, request.path, exc_info=error)
        known = errors.SonnimError()
    return problem(known)


for _kind in (ValidationError, HttpError, Http404):  # which have handlers of ninja's own
    api.exception_handler(_kind)(on_exception)


def as_sonnim_error(error: Exception) -> errors.SonnimError | None:
    """What an exception means to the caller, or None when it is our own fault."""
    match error:
        case errors.SonnimError():
            return error
        case ValidationError():
            return errors.Invalid("Some fields are not right.", fields=_fields(error))
        case HttpError():
            return errors.Invalid("The body is not JSON." if error.status_code == 400 else str(error))
        case Http404():
            return errors.NotFound()
        case RequestDataTooBig():
            return errors.TooLarge("The request is too large.")
        case SuspiciousOperation() | UnreadablePostError() | MultiPartParserError():
            return errors.Invalid("The request cannot be read.")
        case DataError() | UnicodeEncodeError() | OverflowError():
            return errors.Invalid("A value cannot be stored.")
        case OperationalError():
            return _of_database(error)
        case OSError() if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return errors.StorageFull(retry_after=10)
    return None


def _of_database(error: OperationalError) -> errors.SonnimError:
    _log.warning("database: %s", error)
    text = str(error).lower()
    if "full" in text or "no space left" in text or "disk i/o error" in text:
        return errors.StorageFull(retry_after=10)
    return errors.Unavailable(retry_after=1)


def _fields(error: ValidationError) -> dict[str, str]:
    """Field path → what is wrong. A location is (source, parameter, field, …)."""
    found: dict[str, str] = {}
    for each in error.errors:
        location = [str(part) for part in each.get("loc", ())]
        name = ".".join(location[2:] or location[1:] or location)
        found.setdefault(name, str(each.get("msg", "")))
    return found
