"""Whatever people type, an outgoing mail holds words: no tag, no attribute and no address of theirs acts in it."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from sonnim.channels.kinds.postbox import markup
from sonnim.channels.kinds.postbox.markup import Quote
from sonnim.conversations import rich

PAYLOADS = Path(__file__).with_name("xss.txt").read_text(encoding="utf-8").splitlines()
OURS = {
    "html", "head", "meta", "style", "body", "div", "br", "blockquote", "ul", "ol", "li", "pre", "a", "b", "i", "s",
    "code",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "name", "content", "style", "dir", "class", "type", "href", "rel",
}  # fmt: skip


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links.update(value or "" for name, value in attrs if name == "href")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_was_typed_acts_in_a_mail(payload: str) -> None:
    typed = rich.from_plain(payload)
    linked = (rich.Paragraph((rich.Text(payload, bold=True, link=payload),)), rich.Code(payload))
    page = markup.as_html(
        (*typed, *linked, rich.Bullets(((rich.Text(payload),),))),
        locale="ko",
        signature=markup.filled("{{agent}} {{shop}}", agent=payload, shop=payload),
        quote=Quote(payload, payload),
    )
    seen = Seen()
    seen.feed(page)
    assert seen.tags <= OURS
    assert seen.attributes <= ATTRIBUTES
    assert all(rich.safe_link(link) for link in seen.links)
