"""Files as people hand them over: chosen, pasted, dropped; made in the browser, so that large ones cost nothing."""

import base64
import io
from dataclasses import dataclass
from typing import Literal

from PIL import Image
from playwright.sync_api import Locator

GIVE = """(element, [how, files]) => {
  const carried = new DataTransfer();
  for (const {name, type, bytes, size} of files) {
    const content = bytes ? Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)) : new Uint8Array(size);
    carried.items.add(new File([content], name, {type}));
  }
  const event = {bubbles: true, cancelable: true};
  if (how === 'choose') {
    element.files = carried.files;
    element.dispatchEvent(new Event('change', event));
  } else if (how === 'paste') {
    element.dispatchEvent(new ClipboardEvent('paste', {...event, clipboardData: carried}));
  } else {
    element.dispatchEvent(new DragEvent('dragover', {...event, dataTransfer: carried}));
    element.dispatchEvent(new DragEvent('drop', {...event, dataTransfer: carried}));
  }
}"""


@dataclass(frozen=True)
class GivenFile:
    """A file with content, or a large one of zeros."""

    name: str
    type: str
    content: bytes = b""
    size: int = 0


def picture(name: str = "bowl.png") -> GivenFile:
    """A small picture that every browser can draw."""
    drawn = io.BytesIO()
    Image.new("RGB", (320, 200), "#0F766E").save(drawn, "PNG")
    return GivenFile(name, "image/png", drawn.getvalue())


def give(place: Locator, how: Literal["choose", "paste", "drop"], *files: GivenFile) -> None:
    """Hand files over at a place of the page."""
    told = [
        {"name": each.name, "type": each.type, "bytes": base64.b64encode(each.content).decode(), "size": each.size}
        for each in files
    ]
    place.evaluate(GIVE, [how, told])
