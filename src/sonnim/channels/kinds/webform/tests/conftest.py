"""Fixtures of the form tests: a shop with a form, and somebody who fills it in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.people import People, people

from sonnim.channels.kinds.webform import tokens, words
from sonnim.channels.kinds.webform.actions.forms import create_form
from sonnim.channels.kinds.webform.models import Form
from sonnim.kernel import clock

__all__ = ["people"]


@dataclass
class Filler:
    """Somebody in front of a form, or something."""

    form: Form
    address: str = "203.0.113.5"
    written: dict[str, Any] = field(default_factory=dict)

    def open(self, **query: str) -> str:
        """The page's own mark."""
        page = Client().get(f"/forms/{self.form.key}", {"lang": "en", **query}, REMOTE_ADDR=self.address)
        assert page.status_code == 200
        return str(re.findall(r'name="mark" value="([^"]+)"', page.content.decode())[0])

    def hand_in(self, *, mark: str | None = None, work: str | None = None, wait: float = 5, **changed: Any) -> Any:
        """Fill in and send: everything that is asked for, but what is `changed`."""
        mark = self.open() if mark is None else mark
        solved = solution(mark) if work is None else work
        given = {"name": "Kim Jiwoo", "email": "jiwoo@shop.test", "message": "Is it watertight?", "consent": "yes"}
        data = {**given, **self.written, "mark": mark, "work": solved, "lang": "en", **changed}
        with clock.moved(timedelta(seconds=wait)):
            return Client().post(f"/forms/{self.form.key}", data, REMOTE_ADDR=self.address)


def solution(mark: str, *, bits: int = tokens.BITS) -> str:
    """The puzzle's, found as a browser finds it."""
    tried = 0
    while not tokens.is_solved(mark, str(tried), bits=bits):
        tried += 1
    return str(tried)


def make_form(people: People, kind: str = "contact", **changes: Any) -> Form:
    """A form as the owner makes it from a template."""
    template = next(each for each in words.templates() if each["kind"] == kind)
    wanted = {"name": template["name"]["en"], "kind": kind, "fields": template["fields"], "texts": template["texts"]}
    return create_form(actor=people.actor(people.owner), wanted={**wanted, **changes})


@pytest.fixture
def form(people: People) -> Form:
    return make_form(people)


@pytest.fixture
def filler(form: Form) -> Iterator[Filler]:
    cache.clear()
    yield Filler(form)
    cache.clear()
