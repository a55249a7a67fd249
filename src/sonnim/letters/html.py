"""HTML mail to plain text, with a mark where the mail program says that a quotation begins."""

import re
from html.parser import HTMLParser

QUOTE = "\ue000"  # a line of its own, in the private area: no mail has it
SIGNATURE = "\ue001"
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
        "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
    }
)  # fmt: skip
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object"})
_VOID = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    }
)  # fmt: skip
# Containers by which mail programs say "from here on it is quoted".
_QUOTED_CLASS = re.compile(
    r"(?:^|\s)(?:yahoo_quoted|protonmail_quote|zmail_extra|tutanota_quote|ms-outlook-mobile-reference-message|"
    r"naver_quote|qq_quote|netease_quote|ntes-mailmaster-quote|isReplyContent|wps_quotion)(?:$|\s)"
)
_QUOTED_ID = re.compile(
    r"^(?:x_)*(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|"
    r"reply-intro|ymail_android_signature_quote|isReplyContent|spnEditorContent_quote|replySplit|origbody|"
    r"qqmail_quote|ntes-pcmac-quote)$"
)
_SIGNATURE_CLASS = re.compile(r"(?:^|\s)(?:gmail_signature|moz-signature|yahoo-signature|tagline)(?:$|\s)")
_SIGNATURE_ID = re.compile(
    r"^(?:x_)*(?:Signature|signature|ms-outlook-mobile-signature|ymail_android_signature|_rc_sig)$"
)
_OUTLOOK_LINE = re.compile(r"border:\s*none;\s*border-top:\s*solid\s*#(?:E1E1E1|B5C4DF|DDDDDD)", re.IGNORECASE)
MAX_TAGS = 200_000


def html_to_text(html: str) -> str:
    """The text that a reader sees, block by block; QUOTE and SIGNATURE lines where markup says so."""
    reader = _Reader()
    reader.feed(re.sub(r"<!--\[if.*?<!\[endif\]-->", "", html, flags=re.DOTALL))
    reader.close()
    lines = "".join(reader.out).split("\n")
    text = "\n".join(re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._silent = 0
        self._pre = 0
        self._tags = 0
        self._cited = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tags += 1
        if self._tags > MAX_TAGS:
            return
        if tag in _SILENT:
            self._silent += tag not in _VOID
            return
        given = dict(attrs)
        self._mark(tag, given)
        if tag == "blockquote":
            self._newline(1)
            self._cited += 1
        if tag == "br":
            self._newline(1)
        elif tag in _BLOCKS:
            self._newline(2 if tag in {"p", "blockquote", "ul", "ol", "table", "h1", "h2", "h3"} else 1)
        if tag == "li":
            self.out.append("- ")
        elif tag in {"td", "th"} and self.out and not self.out[-1].endswith(("\n", " ")):
            self.out.append(" ")
        elif tag == "pre":
            self._pre += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self._newline(2 if tag in {"p", "blockquote", "ul", "ol", "table"} else 1)
            if tag == "pre":
                self._pre = max(0, self._pre - 1)
            elif tag == "blockquote":
                self._cited = max(0, self._cited - 1)

    def handle_data(self, data: str) -> None:
        if self._silent or self._tags > MAX_TAGS:
            return
        if not self._pre:
            data = re.sub(r"[ \t\r\n\f]+", " ", data)
            if not self.out or self.out[-1].endswith("\n"):
                data = data.lstrip(" ")
        if not data:
            return
        if self._cited and (not self.out or self.out[-1].endswith("\n")):
            self.out.append(">" * min(self._cited, 9) + " ")
        self.out.append(data.replace("\n", "\n" + ">" * min(self._cited, 9) + " ") if self._cited else data)

    def _mark(self, tag: str, given: dict[str, str | None]) -> None:
        classes, identity = given.get("class") or "", (given.get("id") or "").strip()
        style = given.get("style") or ""
        if (
            _QUOTED_CLASS.search(classes)
            or _QUOTED_ID.match(identity)
            or (tag == "div" and _OUTLOOK_LINE.search(style))
        ):
            self._line(QUOTE)
        elif _SIGNATURE_CLASS.search(classes) or _SIGNATURE_ID.match(identity):
            self._line(SIGNATURE)

    def _line(self, mark: str) -> None:
        self._newline(1)
        self.out.append(f"{mark}\n")

    def _newline(self, n: int) -> None:
        if not self.out:
            return
        have = 0
        for piece in reversed(self.out):
            stripped = piece.rstrip("\n")
            have += len(piece) - len(stripped)
            if stripped:
                break
        if n == 1 and self.out[-1].endswith("\n") and have >= 1:
            return
        if have < n:
            self.out.append("\n" * (n - have))
