"""HTML mail keeps its looks and loses what it could do."""

import re
import time
from pathlib import Path

import pytest

from sonnim.channels.kinds.postbox.rendering import MAX_HTML, MAX_REMOTE, MAX_TAGS, render, safe_style

NEWSLETTER = """<html><head><title>Autumn</title><style>
  @import url(https://track.example/a.css);
  .big { font-size: 20px; color: #333; background: url(https://track.example/b.gif) }
</style></head><body background="https://track.example/c.png">
<table background="https://shop.example/d.png"><tr><td class="big">그릇이 <b>나왔어요</b></td></tr></table>
<a href="https://shop.example/new">보기</a></body></html>"""


def test_style_sheets_are_written_into_the_elements_without_what_they_fetch() -> None:
    shown = render(NEWSLETTER, {})
    assert 'class="big"' not in shown.html
    assert re.search(r'<td style="[^"]*font-size: ?20px', shown.html)
    assert "track.example" not in shown.html
    assert "Autumn" not in shown.html
    assert "<b>나왔어요</b>" in shown.html
    assert shown.colored


def test_pictures_elsewhere_keep_a_number_and_stand_in_the_list_once() -> None:
    shown = render(
        '<img src="https://a.example/1.png" srcset="https://a.example/2.png 2x" alt="A" width="10">'
        '<img src="//a.example/3.png"><img src="https://a.example/1.png"><img src="/rel.png"><img src="file:///etc/x">',
        {},
    )
    assert shown.remote == ["https://a.example/1.png", "https://a.example/3.png"]
    assert shown.html == (
        '<img src="picture:0" alt="A" width="10"><img src="picture:1"><img src="picture:0"><img><img>'
    )
    assert (
        render("".join(f"<img src=http://a.example/{n}>" for n in range(MAX_REMOTE + 5)), {})
        .remote[-1]
        .endswith(f"/{MAX_REMOTE - 1}")
    )


def test_pictures_of_the_mail_itself_become_files_of_the_desk() -> None:
    shown = render('<img src="cid:bowl@shop"><img src="CID:<lid>"><img src="cid:gone">', {"bowl@shop": 7, "lid": 8})
    assert shown.html == '<img src="attachment:7"><img src="attachment:8"><img>'
    dot = "data:image/png;base64,iVBORw0KGgo="
    assert render(f'<img src="{dot}">', {}).html == f'<img src="{dot}">'
    assert render('<img src="data:image/svg+xml;base64,PHN2Zz4=">', {}).html == "<img>"


def test_links_open_elsewhere_and_lead_to_the_web_alone() -> None:
    shown = render(
        '<a href="https://a.example">a</a><a href="javascript:alert(1)">b</a><a href="data:text/html,x">c</a>', {}
    )
    assert shown.html.count('target="_blank"') == 3
    assert shown.html.count("noopener noreferrer") == 3
    assert re.findall(r'href="([^"]*)"', shown.html) == ["https://a.example"]


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("color:red;background:url(https://a.example/x)", "color:red"),
        ("color:red;background:u\\72l(x)", "color:red"),
        ("background:image-set('https://a.example/x' 1x)", ""),
        ("width:expression(alert(1))", ""),
        ("color:var(--x)", ""),
        ("font-family:'a;b';color:red", "font-family:'a;b';color:red"),
    ],
)
def test_a_style_keeps_what_fetches_nothing(style: str, kept: str) -> None:
    assert safe_style(style) == kept


def test_nothing_that_runs_or_asks_for_input_is_left_of_hostile_html() -> None:
    corpus = Path(__file__).parents[6] / "tests/security/xss.txt"
    for line in corpus.read_text("utf-8").splitlines():
        for html in (
            line,
            f"<p>{line}</p>",
            f'<img alt="{line}">',
            f"<style>{line}</style>",
            f"<!--[if mso]>{line}<![endif]-->",
        ):
            shown = render(html, {}).html
            tags = re.findall(r"<[a-z][^>]*>", shown, re.IGNORECASE)
            for tag in tags:
                assert re.match(
                    r"<(?!script|style|iframe|object|embed|form|input|button|svg|math|link|meta|base)\w", tag
                )
                assert not re.search(r"\son\w+=", re.sub(r'"[^"]*"', '""', tag)), tag
                assert not re.search(r'(?:href|src|background)="\s*(?:javascript|data:text|vbscript)', tag), tag


def test_a_mail_without_colours_may_be_shown_in_the_readers_own() -> None:
    assert not render("<div>안녕하세요 <b>여러분</b></div>", {}).colored
    assert render('<font color="navy">x</font>', {}).colored
    assert render('<p style="color:#000">x</p>', {}).colored


def test_what_would_take_long_to_parse_is_left_to_its_text() -> None:
    assert render("<div>" * (MAX_TAGS + 1), {}).html == ""
    assert render("x" * (MAX_HTML + 1), {}).html == ""


def test_style_sheets_that_never_end_hold_nobody_up() -> None:
    began = time.process_time()
    render("<style>" * 2_000 + "x" * 200_000, {})
    assert time.process_time() - began < 2


@pytest.mark.parametrize("page", ["<style>{0}</style>{1}", "{1}<style>{0}"])
def test_a_rule_with_thousands_of_selectors_is_left_out(page: str) -> None:
    many = ",".join(["div p b"] * 20_000)
    began = time.process_time()
    shown = render(page.format(f"{many}{{color:red}}", "<div><p><b>x</b></p></div>" * 1_000), {})
    assert time.process_time() - began < 2
    assert "red" not in shown.html
    assert "<b>x</b>" in shown.html
