"""An answer as a mail shows it: rich text as HTML and as plain text, signature and quotation beneath.

The HTML needs nothing from anywhere, follows the reader's own colours, and is legible when all style is taken away.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

import css_inline

from sonnim.conversations import rich

_FONTS = {
    "ko": "-apple-system,'Apple SD Gothic Neo','Malgun Gothic',sans-serif",
    "zh": "-apple-system,'PingFang SC','Microsoft YaHei',sans-serif",
    "en": "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
}
_STYLE = (
    "body{{font-family:{fonts};font-size:15px;line-height:1.6;word-break:{breaks};overflow-wrap:anywhere}}"
    "a{{color:#0F766E}}"
    "blockquote{{margin:6px 0 6px 4px;padding:0 0 0 12px;border-left:2px solid #8A9A94}}"
    "ul,ol{{margin:6px 0;padding:0 0 0 24px}}"
    "pre{{margin:6px 0;white-space:pre-wrap;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px}}"
    ".gmail_signature{{margin-top:20px}}"
    ".rule{{width:24px;border-top:2px solid #0F766E;margin-bottom:8px}}"
    ".imprint{{font-size:12px}}"
    ".gmail_quote{{margin-top:24px}}"
    "@media (prefers-color-scheme:dark){{a{{color:#5EEAD4 !important}}}}"
)
_PAGE = (
    '<!doctype html><html lang="{locale}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark"><style>{style}</style></head>'
    "<body>{body}</body></html>"
)
_VARIABLE = re.compile(r"\{\{\s*(\w{1,40})\s*\}\}")
_FLAGS = (("code", "code"), ("strike", "s"), ("italic", "i"), ("bold", "b"))


@dataclass(frozen=True, slots=True)
class Quote:
    """The mail that is answered.

    Attributes:
        intro: who wrote it and when.
        text: what it said.
    """

    intro: str
    text: str


def document_of(text: str, data: dict[str, Any]) -> rich.Document:
    """A message's rich text; its plain form when it has none."""
    kept = data.get("rich")
    return rich.read(kept) if kept else rich.from_plain(text)


def as_text(text: str, *, signature: str = "", imprint: str = "", quote: Quote | None = None) -> str:
    """The mail for readers who see no HTML; what stands below the dashes is taken for a signature everywhere."""
    parts = [text.rstrip()]
    if signature or imprint:
        below = "\n\n".join(part for part in (signature, imprint) if part)
        parts.append(f"-- \n{below}")
    if quote is not None:
        parts.append(quote.intro + "\n" + "\n".join(f"> {line}".rstrip() for line in quote.text.split("\n")))
    return "\n\n".join(part for part in parts if part) + "\n"


def as_html(
    document: rich.Document, *, locale: str, signature: str = "", imprint: str = "", quote: Quote | None = None
) -> str:
    """The mail as a page. Mail programs fold what stands in these classes, and our own reader knows them, too."""
    body = [f"<div>{blocks(document)}</div>"]
    if signature:
        body.append(f'<div class="gmail_signature"><div class="rule"></div>{_lines(signature)}</div>')
    if imprint:
        body.append(f'<div class="gmail_signature imprint">{escape(imprint)}</div>')
    if quote is not None:
        body.append(
            f'<div class="gmail_quote"><div class="gmail_attr" dir="auto">{escape(quote.intro)}<br></div>'
            f'<blockquote class="gmail_quote" type="cite">{_lines(quote.text)}</blockquote></div>'
        )
    style = _STYLE.format(fonts=_FONTS.get(locale, _FONTS["en"]), breaks="keep-all" if locale == "ko" else "normal")
    return _inliner().inline(_PAGE.format(locale=escape(locale), style=style, body="".join(body)))


def blocks(document: rich.Document) -> str:
    """A document's blocks as HTML; everything that people typed is text in it."""
    return "".join(_block(block) for block in document)


def _block(block: rich.Block) -> str:
    if isinstance(block, rich.Code):
        return f"<pre>{escape(block.text)}</pre>"
    if isinstance(block, rich.Paragraph):
        return f'<div dir="auto">{_runs(block.content) or "<br>"}</div>'
    if isinstance(block, rich.Quote):
        return f"<blockquote>{_runs(block.content)}</blockquote>"
    tag = "ol" if isinstance(block, rich.Numbers) else "ul"
    items = "".join(f"<li>{_runs(item)}</li>" for item in block.items)
    return f"<{tag}>{items}</{tag}>"


def _runs(runs: Iterable[rich.Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: rich.Run) -> str:
    if isinstance(run, rich.Break):
        return "<br>"
    if isinstance(run, rich.Mention):
        return escape(f"@{run.name}")
    shown = escape(run.text)
    for flag, tag in _FLAGS:
        if getattr(run, flag):
            shown = f"<{tag}>{shown}</{tag}>"
    linked = run.link and rich.safe_link(run.link)
    return f'<a href="{escape(run.link)}" rel="noopener">{shown}</a>' if linked else shown


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def filled(template: str, **known: str) -> str:
    """A signature with `{{agent}}` and `{{shop}}` in their places; what is not known stays as it was typed."""
    return _VARIABLE.sub(lambda found: known.get(found[1], found[0]), template).strip()


@cache
def _inliner() -> css_inline.CSSInliner:
    # The media rule stays in the head, for those that follow it; nothing is ever loaded.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
