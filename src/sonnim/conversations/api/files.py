"""Files of messages and drafts."""

from django.http import HttpResponse, HttpResponseBase
from ninja import File
from ninja.files import UploadedFile

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.conversations import files
from sonnim.conversations.api.router import router
from sonnim.conversations.shapes import AttachmentObject, attachment_object


@router.post("/attachments", needs=P.ATTACHMENT_UPLOAD, response=AttachmentObject)
def upload_attachment(caller: Caller, file: File[UploadedFile]) -> HttpResponse:
    """Upload a file; a message then names its id."""
    stored = files.store_attachment(shop_id=caller.shop_id, owner=("agent", caller.agent.pk), upload=file)
    return encoded(attachment_object(stored), status=201)


@router.post("/attachments/{attachment_id}/copy", needs=P.ATTACHMENT_UPLOAD, response=AttachmentObject)
def copy_attachment(caller: Caller, attachment_id: int) -> HttpResponse:
    """The same file once more, to be passed on in another message."""
    owner = ("agent", caller.agent.pk)
    found = files.attachment_for(shop_id=caller.shop_id, attachment_id=attachment_id, reader=owner)
    return encoded(attachment_object(files.copy_attachment(attachment=found, owner=owner)), status=201)


@router.get("/attachments/{attachment_id}/content", needs=P.CONVERSATION_READ)
def attachment_content(caller: Caller, attachment_id: int, download: bool = False) -> HttpResponseBase:
    """The file itself."""
    found = files.attachment_for(shop_id=caller.shop_id, attachment_id=attachment_id, reader=("agent", caller.agent.pk))
    return files.serve(found, download=download)
