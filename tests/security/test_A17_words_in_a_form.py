"""A17 and A14: what is written into a form, or named as its file, is text on every page that shows it."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sonnim.channels.kinds.webform.tests.conftest import Filler, make_form
from sonnim.conversations.models import Attachment
from tests.people import People

CORPUS = [line for line in Path(__file__).with_name("xss.txt").read_text("utf-8").splitlines() if line.strip()]


class Shape(HTMLParser):
    """What a page is made of, as far as words could change it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.alien: list[str] = []
        self.scripts = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        if tag not in PAGE_TAGS:
            self.alien.append(tag)
        for name, value in attrs:
            leads_away = name in {"href", "src", "action"} and not (value or "").startswith(
                ("/forms/", "/static/", "#")
            )
            if leads_away or name.startswith(("on", "style", "srcdoc", "formaction")):
                self.alien.append(f"{tag} {name}={value}")


_HEAD, _TEXT = {"html", "head", "meta", "title", "link", "style", "script"}, {"p", "h1", "abbr", "strong", "span", "a"}
_FORM = {"form", "input", "label", "select", "option", "button", "progress", "textarea"}
PAGE_TAGS = _HEAD | _TEXT | _FORM | {"body", "main", "header", "div", "ul", "li", "nav"}


@pytest.fixture
def filler(people: People) -> Filler:
    return Filler(make_form(people, "claim"))


def test_what_comes_back_is_text(filler: Filler) -> None:
    scripts = Shape(Client().get(f"/forms/{filler.form.key}").content.decode()).scripts
    for words in CORPUS:
        filler.written = dict.fromkeys(("name", "order", "message", "email", "problem", "received", "page"), words)
        answer = filler.hand_in(page_title=words, mark=words, work=words, lang=words)  # no address, so it comes back
        shape = Shape(answer.content.decode())
        assert (answer.status_code, shape.alien, shape.scripts) == (422, [], scripts), words


def test_what_a_shop_says_on_its_form_is_text_too(people: People) -> None:
    for words in CORPUS:
        text = {"en": words[:100]}
        field = {"id": "q", "type": "choice", "labels": text, "help": text, "choices": [{"id": "a", "labels": text}]}
        form = make_form(people, fields=[field], texts={"title": text, "intro": text, "thanks": text})
        assert Shape(Client().get(f"/forms/{form.key}").content.decode()).alien == [], words
        form.delete()


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), (".htaccess", "htaccess"), ("a\u202egpj.exe", "agpj.exe"), ("x.phtml", "x.phtml")],
)
def test_a_file_keeps_its_name_and_nothing_of_what_the_name_would_do(filler: Filler, name: str, kept: str) -> None:
    file = SimpleUploadedFile("a", b"<script>alert(1)</script>", content_type="text/html")
    file._name = name  # type: ignore[attr-defined]
    given = {"order": "A-1", "problem": "broken", "message": "It is broken."}
    filler.written = given
    assert filler.hand_in(files=[file]).status_code == 200
    stored = Attachment.objects.get()
    assert stored.name == kept
    assert kept not in stored.key
