"""HTML mail for the console: what may stay is listed, nothing in it leads anywhere by itself.

Pictures keep a name instead of an address: `picture:3` is the third of the mail's remote ones, which only an agent's
wish has fetched (see pictures), `attachment:12` a file of the desk. The console puts bytes in their place. Its frame
forbids every request besides, so that what slips through here still reaches nobody.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import css_inline
import nh3

MAX_HTML = 2 * 1024 * 1024
MAX_TAGS = 15_000  # nested in each other they take seconds: the time that parsing takes grows with the square of that
MAX_STYLED = 3_000_000  # selectors times elements
MAX_REMOTE = 200
MAX_DATA = 1024 * 1024

_TAGS = {
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd",
    "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small",
    "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "tt", "u", "ul", "var", "wbr",
}  # fmt: skip
_WITH_CONTENT = {
    "script", "style", "title", "noscript", "template", "svg", "math", "object", "iframe", "frameset", "select",
    "textarea", "xmp",
}  # fmt: skip
_EVERYWHERE = {"align", "bgcolor", "dir", "height", "lang", "style", "title", "valign", "width"}
_ATTRIBUTES = {
    "*": _EVERYWHERE,
    "a": {"href"},
    "img": {"src", "alt", "border", "hspace", "vspace"},
    "font": {"color", "face", "size"},
    "table": {"background", "border", "cellpadding", "cellspacing"},
    "td": {"background", "colspan", "rowspan", "nowrap"},
    "th": {"background", "colspan", "rowspan", "nowrap"},
    "ol": {"start", "type"},
    "li": {"value"},
    "col": {"span"},
}
_PROPERTIES = {
    "background", "background-color", "border", "border-bottom", "border-bottom-color", "border-bottom-style",
    "border-bottom-width", "border-collapse", "border-color", "border-left", "border-left-color",
    "border-left-style", "border-left-width", "border-radius", "border-right", "border-right-color",
    "border-right-style", "border-right-width", "border-spacing", "border-style", "border-top",
    "border-top-color", "border-top-style", "border-top-width", "border-width", "box-sizing", "clear", "color",
    "direction", "display", "float", "font", "font-family", "font-size", "font-style", "font-variant",
    "font-weight", "height", "letter-spacing", "line-height", "list-style", "list-style-type", "margin",
    "margin-bottom", "margin-left", "margin-right", "margin-top", "max-height", "max-width", "min-height",
    "min-width", "overflow-wrap", "padding", "padding-bottom", "padding-left", "padding-right", "padding-top",
    "table-layout", "text-align", "text-decoration", "text-indent", "text-transform", "vertical-align",
    "white-space", "width", "word-break", "word-spacing", "word-wrap",
}  # fmt: skip
_UNSAFE_VALUE = re.compile(r"url|image|expression|attr|var\s*\(|env\s*\(|element\s*\(|@|\\|/\*", re.IGNORECASE)
_LINKS = ("http:", "https:", "mailto:", "tel:")
_SHOWN_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+\Z", re.IGNORECASE)
_OPENING = re.compile(r"<(?!area|base|br|col|hr|img|input|link|meta|source|wbr)[a-z]", re.IGNORECASE)
_DECLARATIONS = re.compile(r"\{[^{}]*\}")
_COLORS = re.compile(r"\b(?:color|background(?:-color)?)\s*:|\b(?:bgcolor|color)\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail that may be shown.

    Attributes:
        html: empty when it is larger than mails are: its text is all there is.
        remote: addresses of the pictures that are elsewhere, by their number.
        colored: whether it brings colours of its own, which are only legible on its own paper.
    """

    html: str
    remote: list[str] = field(default_factory=list)
    colored: bool = False


def render(html: str, parts: Mapping[str, int]) -> Rendered:
    """Make a mail's HTML harmless.

    Args:
        html: as it came.
        parts: content-id → attachment, for pictures that are in the mail itself.
    """
    if len(html) > MAX_HTML or len(_OPENING.findall(html)) > MAX_TAGS:
        return Rendered("")
    keeper = _Keeper(parts)
    clean = nh3.clean(
        _with_styles_inside(html),
        tags=_TAGS,
        clean_content_tags=_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=keeper.keep,
        filter_style_properties=_PROPERTIES,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return Rendered(clean, keeper.remote, _COLORS.search(clean) is not None)


class _Keeper:
    """Looks at each attribute that the list lets through; what it does not like is dropped."""

    def __init__(self, parts: Mapping[str, int]) -> None:
        self.remote: list[str] = []
        self._parts = parts
        self._numbers: dict[str, int] = {}

    def keep(self, tag: str, attribute: str, value: str) -> str | None:
        if tag not in _TAGS:  # it is asked about what goes, too
            return None
        if attribute in {"src", "background"}:
            return self._picture(value.strip())
        if attribute == "href":
            return value if value.strip().lower().startswith(_LINKS) else None
        if attribute == "style":
            return safe_style(value) or None
        return value

    def _picture(self, address: str) -> str | None:
        scheme = address.partition(":")[0].lower()
        if scheme == "cid":
            attachment = self._parts.get(address[4:].strip("<> "))
            return f"attachment:{attachment}" if attachment else None
        if scheme == "data":
            return address if len(address) <= MAX_DATA and _SHOWN_DATA.match(address) else None
        if address.startswith("//"):
            address = f"https:{address}"
        if not address.lower().startswith(("http://", "https://")):
            return None
        number = self._numbers.get(address)
        if number is None:
            if len(self.remote) >= MAX_REMOTE:
                return None
            number = self._numbers[address] = len(self.remote)
            self.remote.append(address)
        return f"picture:{number}"


def safe_style(style: str) -> str:
    """The declarations of a style attribute that fetch nothing, hide nothing in escapes and cover nothing."""
    return ";".join(each for each in style.split(";") if each.strip() and not _UNSAFE_VALUE.search(each))


def _with_styles_inside(html: str) -> str:
    """The rules of its style sheets written into the elements; without them where that would take too long."""
    selectors = sum(_selectors(sheet) for sheet in _style_sheets(html))
    if not selectors or selectors * html.count("<") > MAX_STYLED:
        return html
    try:
        return css_inline.inline(html, load_remote_stylesheets=False, keep_style_tags=False)
    except css_inline.InlineError:
        return html  # its style sheet is no style sheet


def _style_sheets(html: str) -> Iterator[str]:
    # Not by a pattern: where sheets begin and none ends, each beginning would be held against all that follows.
    lower, end = html.lower(), 0
    while (start := lower.find("<style", end)) >= 0:
        end = lower.find("</style", start)
        yield lower[start:] if end < 0 else lower[start:end]
        if end < 0:
            return


def _selectors(sheet: str) -> int:
    """How many there are at the most: one rule may have thousands."""
    without = _DECLARATIONS.sub("{", sheet)
    return without.count("{") + without.count(",")
