"""Mail to the demo store, brought by the pipe of a mail server; answers go to a server of the test's own."""

import json
import subprocess
import sys
from email.message import EmailMessage
from typing import Any

from tests.providers.smtp import Postman
from tests.providers.sonnim import LiveServer

ADDRESS = "help@ongi.example"
SECOND = "wholesale@ongi.example"
_SET_UP = """
import json, sys, django
django.setup()
from sonnim.accounts.models import Shop
from sonnim.channels.kinds.postbox.models import Mailbox
shop = Shop.objects.order_by("id").first()
Mailbox.objects.filter(shop=shop).delete()  # the demo's own one reaches nobody
Mailbox.objects.filter(shop=shop).delete()  # the demo's own sends nothing
for n, (address, smtp) in enumerate(json.loads(sys.argv[1])):
    Mailbox.objects.create(shop=shop, address=address, name="Ongi", way_in="pipe", smtp=smtp, is_default=n == 0)
"""


class PostOffice:
    """The demo store's two mailboxes."""

    def __init__(self, site: LiveServer, postman: Postman) -> None:
        self.site, self.postman = site, postman
        boxes = [(ADDRESS, postman.settings()), (SECOND, postman.settings())]
        site.env["DJANGO_SETTINGS_MODULE"] = "sonnim.config.settings"
        site.python("-c", _SET_UP, json.dumps(boxes))

    def bring(self, mail: EmailMessage | bytes, *, mailbox: str = ADDRESS) -> None:
        """Hand a mail over, as a mail server does."""
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        done = subprocess.run(
            [sys.executable, "-m", "sonnim.cli", "mail", "receive", "--mailbox", mailbox],
            env=self.site.env, input=raw, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()


def mail(
    subject: str, text: str, *, sender: str = "김하늘 <haneul@mail.example>", html: str = "", **more: Any
) -> EmailMessage:
    """A mail as a mail program writes it; `more` are further headers, `to` among them."""
    made = EmailMessage()
    heads = {"from": sender, "to": ADDRESS, "subject": subject, **more}
    for name, value in heads.items():
        made[name.replace("_", "-").title()] = value
    made["Date"] = "Sun, 22 Nov 2026 10:00:00 +0900"
    made["Message-ID"] = f"<{abs(hash((subject, text, sender)))}@mail.example>"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made
