"""Files of the demo: pictures that its people sent, and the removal of every file of its shop."""

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from sonnim.conversations.files import store_attachment
from sonnim.conversations.models import Attachment
from sonnim.demo.catalogue import CONTENT


def attach_picture(*, shop_id: int, owner: tuple[str, int], name: str) -> Attachment:
    """Upload one of content/pictures as its sender would."""
    content = read_picture(name)
    return store_attachment(shop_id=shop_id, owner=owner, upload=SimpleUploadedFile(name, content, "image/jpeg"))


def read_picture(name: str) -> bytes:
    """One of content/pictures."""
    return (CONTENT / "pictures" / name).read_bytes()


def delete_files(*, shop_id: int) -> int:
    """Delete all files of a shop, also those that no row tells of any more; answers how many."""
    return _delete_folder(str(shop_id))


def _delete_folder(folder: str) -> int:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    count = sum(_delete_folder(f"{folder}/{name}") for name in folders)
    for name in files:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)
    return count + len(files)
