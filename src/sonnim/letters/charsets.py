"""From bytes to text when nobody, or a liar, says in which character set."""

import codecs
import re
from functools import lru_cache

# What mails call character sets, and what they mean: supersets, since Outlook writes cp949 and says ks_c_5601-1987.
_ALIASES = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "ksc_5601": "cp949",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "big5": "big5hkscs",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-unknown": "",
    "unknown": "",
    "unknown-8bit": "",
    "default": "",
    "none": "",
    "binary": "",
}
# rot13, base64, zip and the like are no character sets, whatever Python calls them.
_NOT_TEXT = {"rot13", "rot-13", "hex", "base64", "bz2", "zip", "zlib", "quopri", "uu", "idna", "punycode", "undefined",
             "unicode-escape", "raw-unicode-escape", "mbcs", "oem"}  # fmt: skip
_ISO_2022 = re.compile(rb"\x1b[$(]")
# The syllables and signs that any text of some length has: what is read in a wrong set has few of them.
_COMMON = frozenset(
    "이다는을가에의하고지도로기한은를아사어리자인스서대시나라해정일그수만제전주보부안문내요습니세합감송배품상환불확구매"
    "입드교반금결으있했면어게러여녕오생와들무건장원더우마신원소유성조거동"
    "的一是不了在人有我他这個个上们們来來到时時大地为為子中你您说說生国國年着就那和要她出也得里後后自以会會家可下过過天去能"
    "对對小多然于心学學么之都好看起发發当當没沒成只如事把还還用第样樣道想作开開面最但现現前些所同日手又行意方它头長长回"
    "位分爱愛因很给給名法间間知两次使已其进進此话話常与正感谢謝请請问問订訂单單收货貨退款换換寄送件查店买買卖付"
    "注文確認届けますいですのがをにはしてたくれ送料返品"
)
_RUN = re.compile(r"[^\x00-\x7f]+")
_GUESSES = ("cp949", "gb18030", "cp932", "big5hkscs")


@lru_cache(maxsize=512)
def codec(name: str) -> str | None:
    """Python's name of a character set as mails write it; None for one that does not exist or is none."""
    wanted = name.strip().strip("\"'").lower()
    wanted = _ALIASES.get(wanted, wanted)
    if not wanted or wanted in _NOT_TEXT or wanted.replace("_", "-") in _NOT_TEXT:
        return None
    try:
        found = codecs.lookup(wanted)
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None


def decode(raw: bytes, charset: str | None = None) -> str:
    """Text from bytes: by the character set that is named if it fits, else by the one that fits best."""
    named = codec(charset) if charset else None
    if named is not None and not (named == "cp1252" and _is_utf8_beyond_ascii(raw)):
        try:
            return raw.decode(named)
        except (UnicodeDecodeError, ValueError):
            pass
    if raw.isascii() and not _ISO_2022.search(raw):
        return raw.decode("ascii")
    if _ISO_2022.search(raw):
        for each in ("iso2022_jp_ext", "iso2022_kr"):
            try:
                return raw.decode(each)
            except (UnicodeDecodeError, ValueError):
                continue
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if named is not None and named not in {"utf-8", "cp1252"}:
        return raw.decode(named, "replace")
    return _guessed(raw)


def _is_utf8_beyond_ascii(raw: bytes) -> bool:
    if raw.isascii():
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guessed(raw: bytes) -> str:
    """Of the sets that can read it all, the one whose text looks most like a language; else what is mostly UTF-8."""
    best, most = None, 0.0
    for each in _GUESSES:
        try:
            text = raw.decode(each)
        except (UnicodeDecodeError, ValueError):
            continue
        score = _plausible(text)
        if score > most:
            best, most = text, score
    if best is not None and most > 0.4:
        return best
    mended = raw.decode("utf-8", "replace")
    if mended.count("\ufffd") * 8 <= sum(byte > 127 for byte in raw):
        return mended
    return raw.decode("cp1252", "replace")


def _plausible(text: str) -> float:
    """How much the letters beyond ASCII look like Hangul, Han or kana: the common ones most, one alone not at all."""
    beyond, common = 0, 0.0
    for run in _RUN.findall(text):
        beyond += len(run)
        if len(run) > 1:
            common += sum(_commonness(ord(char)) for char in run)
    return common / beyond if beyond else 0.0


def _commonness(code: int) -> float:
    if chr(code) in _COMMON:
        return 1.0
    if 0x3040 <= code <= 0x30FF:
        return 0.9
    if 0xAC00 <= code <= 0xD7A3 or 0x4E00 <= code <= 0x9FFF:
        return 0.45
    return 0.5 if 0x3000 <= code <= 0x303F or 0xFF00 <= code <= 0xFF60 else 0.0
