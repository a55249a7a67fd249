"""Every text exists in Korean, Chinese and English, is used, and says what it must."""

import json
import re

import pytest

from tests.architecture.catalogues import Catalogue, faults, find, unknown, unused
from tests.architecture.tree import Tree, is_test, texts

SAME = frozenset({"Sonnim", "Python", "PHP", "HTML"})
_NO_CATALOGUE = re.compile(r"(^|/)(package(-lock)?|tsconfig[\w.]*|openapi|frames)\.json$")
ON_SERVER = {
    "src/sonnim/config/pages.json": "src/sonnim/config/",
    "src/sonnim/demo/content/store.json": "src/sonnim/demo/",
    "src/sonnim/accounts/mail.json": "src/sonnim/accounts/",
}
"""Catalogues of the server → the folder that uses them."""


def json_files() -> Tree:
    return texts(
        lambda path: path.endswith(".json") and path.startswith(("src/", "web/"))
        and not is_test(path) and not _NO_CATALOGUE.search(path) and "/chromium/" not in path
    )  # fmt: skip


def code_of(folder: str) -> Tree:
    return texts(lambda path: path.startswith(folder) and path.endswith((".ts", ".tsx")) and not is_test(path))


def web_catalogues() -> list[Catalogue]:
    return [each for each in find(json_files()) if each.name.endswith("/locales")]


def test_every_catalogue_is_complete_in_three_languages() -> None:
    catalogues = list(find(json_files()))
    assert {"web/console/locales", "web/widget/app/locales"} <= {each.name for each in catalogues}
    assert [fault for each in catalogues for fault in faults(each, same=SAME)] == []


def test_every_text_of_the_web_is_used_and_every_key_that_is_used_exists() -> None:
    for each in web_catalogues():
        keys, code = each.texts["en"], code_of(each.name.removesuffix("/locales"))
        assert unknown(keys, code) == []
        assert unused(keys, code) == []


@pytest.mark.parametrize("path", ON_SERVER)
def test_every_text_of_the_server_is_used(path: str) -> None:
    content = json.loads(json_files()[path])
    keys = content.get("en", content)
    folder = ON_SERVER[path]
    code = texts(lambda each: each.startswith(folder) and each.endswith((".py", ".html", ".js")))
    names = set(re.findall(r"\w+", "\n".join(code.values())))
    assert [key for key in unused(keys, code) if key not in names] == []


def test_every_name_in_a_page_of_the_installation_is_a_text_or_given_by_its_view() -> None:
    """A name that a Django template does not know is shown as nothing at all."""
    keys = set(json.loads(json_files()["src/sonnim/config/pages.json"])["en"])
    assert unknown_names(texts(lambda path: path.startswith("src/sonnim/config/templates/")), keys) == []


def unknown_names(templates: Tree, keys: set[str]) -> list[str]:
    found = []
    for path, text in templates.items():
        loops = {name for names in re.findall(r"{% for ([\w, ]+) in", text) for name in re.split(r"\W+", names)}
        asked = re.findall(r"{{ *(\w+)", text) + re.findall(r"{% for [\w, ]+ in (\w+)", text)
        known = keys | loops | {"locale", "languages", "forloop", "block", "shop_name", "public_key", "coach"}
        found += [f"{path}: {name}" for name in asked if name not in known]
    return found


WHOLE = {"hello": "Hello, {name}", "list": ["One", "Two {n}"], "count.one": "{n} file", "count.other": "{n} files"}


def of(**changes: object) -> Catalogue:
    korean = {"hello": "안녕하세요, {name}", "list": ["하나", "둘 {n}"], "count.other": "파일 {n}개"}
    chinese = {"hello": "您好，{name}", "list": ["一", "二 {n}"], "count.other": "{n} 个文件"}
    tree = {
        "web/x/locales/en.json": WHOLE,
        "web/x/locales/ko.json": {**korean, **changes},
        "web/x/locales/zh.json": chinese,
    }
    [found] = find({path: json.dumps(value) for path, value in tree.items()})
    return found


def test_a_whole_catalogue_has_no_fault() -> None:
    assert faults(of()) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"extra": "더"}, "web/x/locales [ko] has extra, which English lacks"),
        ({"hello": " "}, "web/x/locales [ko] hello is empty"),
        ({"hello": "안녕하세요, {nmae}"}, "web/x/locales [ko] hello has other placeholders than English"),
        ({"list": []}, "web/x/locales [ko] list is empty"),
        ({"hello": "Hello, {name}"}, "web/x/locales [ko] hello is still English: 'Hello, {name}'"),
    ],
)
def test_a_fault_of_a_translation_is_found(change: dict[str, object], fault: str) -> None:
    assert fault in faults(of(**change))


def test_a_missing_key_and_a_missing_language_are_found() -> None:
    lacking = {
        "title": {"ko": "제목", "en": "Title"},
        "deep": [{"en": {"a": "A b", "b": "B c"}, "ko": {"a": "가"}, "zh": {"a": "甲", "b": "乙"}}],
    }
    found = [fault for each in find({"src/x.json": json.dumps(lacking)}) for fault in faults(each)]
    assert found == ["src/x.json#title: no zh", "src/x.json#deep#0 [ko] lacks b"]


def test_a_name_is_the_same_in_every_language() -> None:
    catalogue = Catalogue("x", {locale: {"brand": "Sonnim"} for locale in ("ko", "zh", "en")})
    assert faults(catalogue, same=frozenset({"Sonnim"})) == []
    assert len(faults(catalogue)) == 2


def test_unused_and_unknown_keys_are_found() -> None:
    keys = ["send", "presence.on", "b.entry", "files.one", "files.other", "lonely", "hello/night", "hello/noon"]
    asks = 't("send"); t(`presence.${a ?? "b"}`); t(`${what}.entry`); t("files", { count }); t("sned"); all.hello.noon'
    code = {"a.tsx": asks}
    assert unused(keys, code) == ["lonely", "hello/night"]
    assert unknown(keys, code) == ["a.tsx: sned"]


def test_an_unknown_name_in_a_template_is_found() -> None:
    page = "{{ title }}{% for door in doors %}{{ door.text }}{% endfor %}{{ titel }}"
    assert unknown_names({"page.html": page}, {"title", "doors"}) == ["page.html: titel"]
