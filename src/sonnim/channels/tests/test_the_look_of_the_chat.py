"""The chat's look: saved by those who configure the shop, baked into the loader, tried on under a key of ours."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from tests.people import People

from sonnim.accounts.models import AuditEntry, Shop
from sonnim.kernel import clock


@pytest.fixture(autouse=True)
def built(tmp_path: Path, settings: Any) -> None:
    """A widget as the build leaves it."""
    dist = tmp_path / "widget" / "dist"
    dist.mkdir(parents=True)
    files = {name: f"{name.split('.')[0]}-1.{name.split('.')[1]}" for name in ("app.js", "app.css", "bridge.js")}
    (dist / "manifest.json").write_text(json.dumps({**files, "preview.js": "preview-1.js", "Emoji.js": "Emoji-1.js"}))
    (dist / "loader.js").write_text("run(__SONNIM_CONFIG__)")
    for file in (*files.values(), "preview-1.js", "Emoji-1.js"):
        (dist / file).write_text(file)
    settings.WEB_DIR = tmp_path


def save(people: People, body: object) -> Any:
    return people.browser(people.admin).patch(people.url("/widget"), body)


def loader(people: People, look: str = "") -> Any:
    answer = Client().get(f"/widget/{people.shop.public_key}.js", {"look": look} if look else {})
    return json.loads(answer.content.decode()[4:-1]) if answer.status_code == 200 else answer


def frame(people: People, look: str = "") -> str:
    return Client().get(f"/widget/{people.shop.public_key}/frame", {"look": look} if look else {}).content.decode()


def test_a_look_is_saved_told_and_noted(people: People) -> None:
    answer = save(people, {"appearance": {"side": "left", "labels": {"ko": "물어보기"}}})
    assert answer.status_code == 200
    assert answer.json()["appearance"]["side"] == "left"
    assert people.browser(people.admin).get(people.url("/widget")).json() == answer.json()
    assert AuditEntry.objects.filter(action="shop.changed").count() == 1


def test_saving_the_same_again_changes_nothing(people: People) -> None:
    save(people, {"appearance": {"side": "left"}})
    before = Shop.objects.get(pk=people.shop.pk).v
    assert save(people, {"appearance": {"side": "left"}}).status_code == 200
    assert Shop.objects.get(pk=people.shop.pk).v == before


@pytest.mark.parametrize(
    "body", [{"open_mode": "open"}, {"appearance": {"hide": ["x"]}}, {"appearance": {"css": ""}}, {"color": "#000000"}]
)
def test_a_malformed_look_is_refused_whole(people: People, body: object) -> None:
    assert save(people, body).status_code == 422
    assert Shop.objects.get(pk=people.shop.pk).appearance == {}


def test_the_loader_knows_the_saved_look(people: People) -> None:
    look = {"side": "left", "offset_x": 8, "launcher": "pill", "hide": ["/cart"], "labels": {"en": "</script>"}}
    save(people, {"appearance": look})
    found = loader(people)
    assert (found["side"], found["x"], found["launcher"], found["hide"]) == ("start", 8, "pill", r"^(/cart/?)$")
    assert found["labels"] == {"en": "</script>"}
    assert found["bridge"].endswith("/widget/assets/bridge-1.js")
    assert "preview" not in found
    raw = Client().get(f"/widget/{people.shop.public_key}.js").content
    assert b"</script>" not in raw


def test_what_the_app_fetches_later_is_given_out_and_nothing_beside_it(people: People) -> None:
    assert Client().get("/widget/assets/Emoji-1.js").status_code == 200
    assert Client().get("/widget/assets/manifest.json").status_code == 404
    assert Client().get("/widget/assets/loader.js").status_code == 404


def test_a_look_that_is_tried_on_is_seen_only_with_its_key(people: People) -> None:
    tried = {"appearance": {"side": "left", "theme": "dark"}, "color": "#112233", "greeting": {"en": ["Tried on"]}}
    key = people.browser(people.admin).post(people.url("/widget/preview"), tried).json()["look"]
    assert loader(people, key)["color"] == "#112233"
    assert loader(people, key)["preview"] is True
    assert "Tried on" in frame(people, key)
    assert '"preview": true' in frame(people, key)
    assert loader(people)["color"] == people.shop.color
    assert "Tried on" not in frame(people)


def test_nobody_has_our_pages_say_what_was_not_signed_here(people: People, settings: Any) -> None:
    tried = {"appearance": {}, "color": "#112233", "greeting": {"en": ["Your account is locked"]}}
    key = people.browser(people.admin).post(people.url("/widget/preview"), tried).json()["look"]
    for forged in (key[:-2], f"x{key}", "eyJzaG9wIjoxfQ", "a:b:c"):
        assert loader(people, forged).status_code == 404
    other = f"/widget/{people.other_shop.public_key}/frame"
    assert Client().get(other, {"look": key}).status_code == 404


def test_a_key_is_good_for_ten_minutes(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    key = people.browser(people.admin).post(people.url("/widget/preview"), {"appearance": {}, "color": "#112233"})
    later = clock.now_ms() / 1000 + 601
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert loader(people, key.json()["look"]).status_code == 404


def test_the_preview_page_is_held_by_the_desk_alone(people: People) -> None:
    answer = Client().get(f"/widget/{people.shop.public_key}/preview")
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_without_a_build_the_store_gets_a_script_that_does_nothing(people: People, settings: Any) -> None:
    settings.WEB_DIR = Path(django_settings.WEB_DIR) / "nowhere"
    assert loader(people).status_code == 503
