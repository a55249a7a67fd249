"""`python -m tests.screenshots`: every screen in three languages, light and dark, desktop and phone."""

import argparse
import html
import itertools
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.providers.chromium import FLAGS, find_chromium, install_chromium
from tests.providers.sonnim import LiveServer
from tests.screenshots.scenes import SCENES
from tests.screenshots.stage import Look, Stage

LOCALES, SCHEMES, SHAPES = ("ko", "zh", "en"), ("light", "dark"), ("desktop", "phone")
# Everybody here comes from one address, and quicker than people do.
UNHURRIED = {"SONNIM_VISITOR_ARRIVALS": "1000/60", "SONNIM_VISITOR_MESSAGES": "100/100"}


def main() -> int:
    """Take the pictures; answers how many scenes failed."""
    parser = argparse.ArgumentParser(prog="./run screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("screenshots"))
    parser.add_argument("--locale", choices=LOCALES, action="append")
    parser.add_argument("--scheme", choices=SCHEMES, action="append")
    parser.add_argument("--shape", choices=SHAPES, action="append")
    parser.add_argument("--only", nargs="*", default=[], metavar="SCENE", help=", ".join(SCENES))
    wanted = parser.parse_args()
    unknown = set(wanted.only) - set(SCENES)
    if unknown:
        parser.error(f"there is no scene {', '.join(sorted(unknown))}")
    looks = itertools.product(wanted.locale or LOCALES, wanted.scheme or SCHEMES, wanted.shape or SHAPES)
    names = [name for name in SCENES if not wanted.only or name in wanted.only]
    failed = 0
    taken: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="sonnim-screenshots-") as data, sync_playwright() as playwright:
        site = LiveServer(data_dir=Path(data), env=UNHURRIED, demo=True)
        site.start()
        browser = playwright.chromium.launch(
            executable_path=find_chromium() or install_chromium(),
            args=[flag for flag in FLAGS if flag != "--headless"],
        )
        try:
            for look in looks:
                stage = Stage(browser, site, Look(*look), wanted.out)
                failed += round_of(stage, names, browser)
                taken += stage.taken
        finally:
            browser.close()
            site.stop()
    (wanted.out / "index.html").write_text(sheet(taken, wanted.out), encoding="utf-8")
    say(f"{len(taken)} pictures in {wanted.out}/, {failed} scenes failed")
    return min(failed, 1)


def round_of(stage: Stage, names: list[str], browser: Browser) -> int:
    """Every scene in one look; answers how many failed."""
    began, failed = time.monotonic(), 0
    for name in names:
        try:
            SCENES[name](stage)
        except Exception as error:
            failed += 1
            say(f"  {stage.look.name}/{name}: {str(error).splitlines()[0]}")
        for context in tuple(browser.contexts):
            context.close()
    say(f"{stage.look.name}: {len(stage.taken)} pictures in {time.monotonic() - began:.0f} s")
    return failed


def sheet(taken: list[Path], folder: Path) -> str:
    """A page that shows all pictures, a row for each screen."""
    rows: dict[str, list[str]] = {}
    for picture in taken:
        rows.setdefault(picture.stem, []).append(html.escape(picture.relative_to(folder).as_posix()))
    parts = [
        f"<h2>{html.escape(name)}</h2>"
        + "".join(f'<a href="{path}"><img src="{path}" alt="{path}" title="{path}" loading="lazy"></a>' for path in of)
        for name, of in sorted(rows.items())
    ]
    style = "body{font:14px sans-serif;margin:24px}img{height:260px;margin:4px;border:1px solid #ccc}"
    return f"<!doctype html><meta charset=utf-8><title>Screens</title><style>{style}</style>{''.join(parts)}"


def say(line: str) -> None:
    """To whoever waits."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
