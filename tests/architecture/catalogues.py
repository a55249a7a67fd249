"""Finds the texts that people read: folders `locales/{ko,zh,en}.json`, and objects keyed by language in other JSON."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.architecture.tree import Tree

LOCALES = ("ko", "zh", "en")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"(?!(?:cm|ml|KB|MB)\b)\b[A-Za-z]{2,}")
_NO_LANGUAGE = ("/href", "/id", "/code", "/type", "/bold")
Texts = dict[str, str]


class Catalogue(NamedTuple):
    """One set of texts: locale → key → text. A list of strings counts as one text of several lines or variants."""

    name: str
    texts: dict[str, Texts]


def find(tree: Tree) -> Iterator[Catalogue]:
    """The catalogues among JSON files, by path → text."""
    folders: dict[str, dict[str, Texts]] = {}
    for path, text in sorted(tree.items()):
        folder, _, file = path.rpartition("/")
        if folder.endswith("/locales"):
            folders.setdefault(folder, {})[file.removesuffix(".json")] = dict(_flat(json.loads(text)))
        else:
            yield from _inside(path, json.loads(text))
    for folder, found in folders.items():
        yield Catalogue(folder, found)


def _inside(name: str, value: Any) -> Iterator[Catalogue]:
    if isinstance(value, dict) and value and set(value) <= set(LOCALES):
        yield Catalogue(name, {locale: dict(_flat(part)) for locale, part in value.items()})
    elif isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in pairs:
            yield from _inside(f"{name}#{key}", part)


def _flat(value: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        yield prefix, "\n".join(value)
    elif isinstance(value, dict | list):
        pairs: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in pairs:
            yield from _flat(part, f"{prefix}/{key}" if prefix else str(key))
    else:
        yield prefix, str(value)


def faults(catalogue: Catalogue, *, same: frozenset[str] = frozenset()) -> list[str]:
    """What is wrong: missing locales and keys, other placeholders, empty texts, English left untranslated.

    Args:
        same: texts that are the same in every language, such as names.
    """
    missing = [locale for locale in LOCALES if locale not in catalogue.texts]
    if missing:
        return [f"{catalogue.name}: no {', '.join(missing)}"]
    english = catalogue.texts["en"]
    found = []
    for locale, texts in catalogue.texts.items():
        where = f"{catalogue.name} [{locale}]"
        found += [f"{where} lacks {key}" for key in sorted(_needed(english) - set(texts))]
        found += [f"{where} has {key}, which English lacks" for key in sorted(set(texts) - set(english))]
        found += [f"{where} {key} is empty" for key, text in texts.items() if not text.strip()]
        if locale != "en":
            found += [f"{where} {key} {wrong}" for key, wrong in _differences(texts, english, same)]
    return found


def _needed(english: Texts) -> set[str]:
    """Korean and Chinese have one plural form, so that they need no `key.one` beside `key.other`."""
    return {key for key in english if not (key.endswith(".one") and f"{key[:-4]}.other" in english)}


def _differences(texts: Texts, english: Texts, same: frozenset[str]) -> Iterator[tuple[str, str]]:
    for key, text in texts.items():
        if key not in english:
            continue
        if set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(english[key])):
            yield key, "has other placeholders than English"
        plain = _PLACEHOLDER.sub("", text)
        if text == english[key] and _WORD.search(plain) and text not in same and not key.endswith(_NO_LANGUAGE):
            yield key, f"is still English: {text[:60]!r}"


def unused(keys: Iterable[str], code: Tree) -> list[str]:
    """Keys that the code names neither whole, nor by a template such as `presence.${status}`, nor part by part."""
    text = "\n".join(code.values())
    strings = set(re.findall(r"""["'`]([\w.-]+)["'`]""", text))
    words = set(re.findall(r"\w+", text))
    templates = [re.split(r"\$\{[^}]*\}", found) for found in re.findall(r"`([\w.-]*(?:\$\{[^}`]*\}[\w.-]*)+)`", text)]
    templates += [re.split(r"\{[^}]*\}", found) for found in re.findall(r"""f["']([\w.-]*\{[^"'\s]*)["']""", text)]
    told = [fixed for fixed in templates if re.search(r"[a-z]{3}[._]|[._][a-z]{3}", "…".join(fixed))]
    forms = [re.compile(".+".join(map(re.escape, fixed))) for fixed in told]

    def is_used(key: str) -> bool:
        stem = re.sub(r"\.(zero|one|two|few|many|other)$", "", key)
        parts = key.split("/")
        nested = len(parts) > 1 and words.issuperset(parts)
        return (
            nested or bool({key, stem} & strings) or any(form.fullmatch(each) for form in forms for each in (key, stem))
        )

    return [key for key in keys if not is_used(key)]


def unknown(keys: Iterable[str], code: Tree) -> list[str]:
    """`path: key` for each literal key that is asked for and does not exist."""
    known = set(keys)
    return [
        f"{path}: {key}"
        for path, text in code.items()
        for key in re.findall(r"""(?<![\w.])(?:t|words)\(\s*["']([\w.-]+)["']""", text)
        if not {key, f"{key}.other"} & known
    ]
