"""Every error a person or a program may be told about.

SonnimError
├── Invalid            422  malformed or out of range
│   ├── TextInvalid         empty, too long, or with a NUL
│   └── AttachmentsInvalid  not yours, already used, too many
├── TooLarge           413
├── Unauthenticated    401
├── Forbidden          403
│   └── Blocked             this contact may not write
├── NotFound           404  also for what belongs to somebody else
├── Conflict           409  same client_id, other content
├── Throttled          429  try again after `retry_after` seconds
├── Unavailable        503  try again; nothing was stored
└── StorageFull        507  try again; nothing was stored
"""


class SonnimError(Exception):
    """An error with a stable code, an HTTP status and a message that is safe to show.

    Args:
        detail: one sentence for the person or program that asked.
        retry_after: seconds after which the same request may succeed, or None when it never will.
        fields: field name → what is wrong with it.
    """

    code = "error"
    status = 500
    title = "Something went wrong"

    def __init__(
        self, detail: str = "", *, retry_after: float | None = None, fields: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.retry_after = retry_after
        self.fields = fields or {}

    def as_problem(self) -> dict[str, object]:
        """The error as an RFC 9457 problem document."""
        problem: dict[str, object] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        if self.fields:
            problem["fields"] = self.fields
        if self.retry_after is not None:
            problem["retry_after"] = self.retry_after
        return problem


class Invalid(SonnimError):
    code, status, title = "invalid", 422, "The request is not understood"


class TextInvalid(Invalid):
    code, title = "text_invalid", "This text cannot be sent"


class AttachmentsInvalid(Invalid):
    code, title = "attachments_invalid", "These files cannot be attached"


class TooLarge(SonnimError):
    code, status, title = "too_large", 413, "This is too large"


class Unauthenticated(SonnimError):
    code, status, title = "unauthenticated", 401, "Please sign in"


class Forbidden(SonnimError):
    code, status, title = "forbidden", 403, "Your role does not allow this"


class Blocked(Forbidden):
    code, title = "blocked", "This contact may not write"


class NotFound(SonnimError):
    code, status, title = "not_found", 404, "Not found"


class Conflict(SonnimError):
    code, status, title = "conflict", 409, "This was sent before with other content"


class Throttled(SonnimError):
    code, status, title = "throttled", 429, "Too many requests"


class Unavailable(SonnimError):
    code, status, title = "unavailable", 503, "Try again in a moment"


class StorageFull(SonnimError):
    code, status, title = "storage_full", 507, "The server's disk is full"
