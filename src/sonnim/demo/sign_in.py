"""How to sign in to the demo: one random passphrase per installation, in a file that its owner alone can read."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from sonnim.demo.catalogue import CONTENT
from sonnim.demo.people import staff

FILE_NAME = "demo-sign-in.txt"
WORDS = 5
LANGUAGES = {"ko": "Korean", "zh": "Chinese", "en": "English"}


def sign_in_file() -> Path:
    """Where the passphrase is kept."""
    return Path(settings.DATA_DIR) / FILE_NAME


def new_passphrase() -> str:
    """Five words of 276: 40 bits, enough behind a throttled sign-in, and short enough to type from another screen."""
    words = (CONTENT / "words.txt").read_text("ascii").split()
    return "-".join(secrets.choice(words) for _ in range(WORDS))


def write_sign_in(passphrase: str) -> None:
    """Write the file that `sonnim up` prints, in one step and never readable by others."""
    lines = ["Sign in to the console as one of these; the passphrase is the same for all:", "", f"  {passphrase}", ""]
    for colleague in staff().agents:
        speaks = LANGUAGES[colleague.locale]
        lines.append(f"  {colleague.email:<22} {colleague.role:<6} speaks {speaks}")
    target = sign_in_file()
    draft = target.with_name(f".{FILE_NAME}.{os.getpid()}")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write("\n".join(lines) + "\n")
    draft.replace(target)
