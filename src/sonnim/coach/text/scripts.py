"""In which language a text is, by its script alone: a sentence in one language with words of another is normal."""

import re
from collections.abc import Mapping
from functools import lru_cache

_LINK, _MAIL = r"(?:https?://|www\.)\S+", r"[A-Za-z\d._%+-]{1,64}@[A-Za-z\d-]+\.[A-Za-z]\S*"
_BLANK, _CODE = r"[{<\[][A-Za-z_ ]{1,40}[}>\]]", r"(?<![A-Za-z_-])[A-Za-z_-]{0,40}\d[A-Za-z\d_-]*"
_HINT = re.compile(r"[\d{<\[]|://|www\.")
_NO_LANGUAGE = re.compile("|".join((_LINK, _BLANK, _CODE)))
_NO_LANGUAGE_OR_MAIL = re.compile("|".join((_LINK, _MAIL, _BLANK, _CODE)))
_HANGUL = re.compile(r"[가-힣ㄱ-ㆎ]+")
_HAN = re.compile(r"[一-鿿㐀-䶿]+")
_KANA = re.compile(r"[ぁ-ゖァ-ヺ]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")
_OTHER = re.compile(r"[^\W\d_A-Za-zÀ-ɏḀ-ỿ가-힣ㄱ-ㆎ一-鿿㐀-䶿ぁ-ゖァ-ヺ]+")
_WORD = re.compile(r"(?:^|\s)[A-Za-z]+(?=[\s,.!?]|$)")
_KEPT = 512
_LETTERS_OF_A_SYLLABLE = 3
OTHER = "other"


@lru_cache(maxsize=_KEPT)
def weights(text: str) -> Mapping[str, int]:
    """How much of a text is in each language, counted in letters; a syllable of Hangul or a Han character is three."""
    bare = in_some_language(text)
    if bare.isascii():
        return {"ko": 0, "zh": 0, "en": _letters(_LATIN, bare), OTHER: 0}
    hangul, han, kana = _letters(_HANGUL, bare), _letters(_HAN, bare), _letters(_KANA, bare)
    if kana > han // 8 and kana:
        return {OTHER: (kana + han) * _LETTERS_OF_A_SYLLABLE, "ko": hangul * _LETTERS_OF_A_SYLLABLE}
    return {
        "ko": hangul * _LETTERS_OF_A_SYLLABLE,
        "zh": han * _LETTERS_OF_A_SYLLABLE,
        "en": _letters(_LATIN, bare),
        OTHER: _letters(_OTHER, bare),
    }


def in_some_language(text: str) -> str:
    """A text without links, addresses, blanks of templates and codes."""
    # Without an @ there is no address of mail, which would be looked for from every character on.
    if "@" in text:
        return _NO_LANGUAGE_OR_MAIL.sub(" ", text)
    return _NO_LANGUAGE.sub(" ", text) if _HINT.search(text) else text


def _letters(script: re.Pattern[str], text: str) -> int:
    return len("".join(script.findall(text)))


def language_of(text: str) -> str | None:
    """`ko`, `zh`, `en`, `other` for any other script, or nothing where there are no words."""
    if found := _plainly(text):
        return found
    shares = weights(text)
    most = max(shares, key=lambda code: shares[code])
    return most if shares[most] else None


def _plainly(text: str) -> str | None:
    """The language of a text that is mostly in one, whatever of it does not count; nothing where that is not sure."""
    if "@" in text or "://" in text or "www." in text:
        return None
    if text.isascii():
        return "en" if not any(each in text for each in "{<[") and _WORD.search(text) else None
    if _letters(_HANGUL, text) * 2 > len(text):
        return "ko"
    return "zh" if _letters(_HAN, text) * 2 > len(text) and not _KANA.search(text) else None
