"""axe-core over a page or a frame, in words that say what to mend."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Frame, Page

SCRIPT = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const {violations} = await axe.run(document, {iframes: false, resultTypes: ['violations']});
  return violations.flatMap(({id, impact, nodes}) => nodes.map((node) =>
    `${impact} ${id}: ${node.target.join(' ')}: ${node.failureSummary.split('\\n').slice(1).join(' ').trim()}`));
}"""


@cache
def _source() -> str:
    return SCRIPT.read_text("utf-8")


def findings(place: Page | Frame, *, menu: bool = False) -> list[str]:
    """Everything that axe objects to there; frames inside it are looked at on their own.

    Args:
        menu: a menu is open. It lies above the page and in none of its landmarks, as menus do.
    """
    if not place.evaluate("typeof axe === 'object'"):
        place.evaluate(_source())
    found: list[str] = place.evaluate(RUN)
    return [each for each in found if not (menu and each.startswith("moderate region:"))]
