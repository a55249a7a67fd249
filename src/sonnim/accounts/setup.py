"""The link by which the first owner sets an installation up: good once, and for nothing once there is a shop."""

from pathlib import Path

from django.conf import settings

from sonnim.accounts.models import Shop
from sonnim.kernel import secrets
from sonnim.kernel.errors import NotFound

FILE = "setup.hash"


def is_set_up() -> bool:
    """Whether somebody has opened a shop of their own; the demo's is nobody's."""
    return Shop.objects.filter(is_demo=False).exists()


def offer_set_up() -> str | None:
    """A new token for the link, which makes a former one void; None, and no link at all, after the set-up.

    Its hash lies in the data folder of the process that offers it, so that whoever reads a backup cannot use it.
    """
    if is_set_up():
        _file().unlink(missing_ok=True)
        return None
    token = secrets.new_token()
    file = _file()
    file.touch(mode=0o600)
    file.write_text(secrets.hash_token(token), encoding="ascii")
    return token


def require_set_up(token: str) -> None:
    """Raises: NotFound, unless the installation waits for its first owner and this is the link's token."""
    try:
        expected = _file().read_text(encoding="ascii")
    except FileNotFoundError:
        raise NotFound from None
    if not secrets.same(secrets.hash_token(token), expected) or is_set_up():
        raise NotFound


def claim_set_up(token: str) -> None:
    """Take the link, so that nobody else can. Raises: NotFound, when there is none to take."""
    require_set_up(token)
    try:
        _file().rename(_claimed())
    except FileNotFoundError:
        raise NotFound from None


def give_back() -> None:
    """The set-up did not work out: the link is good again."""
    _claimed().rename(_file())


def close_set_up() -> None:
    """The set-up is done."""
    _claimed().unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.DATA_DIR) / FILE


def _claimed() -> Path:
    return _file().with_suffix(".claimed")
