"""What signs us in at a mailbox's servers: sealed in its row, and never told to anybody.

Keys: imap_password, smtp_password, oauth_client_id, oauth_client_secret, oauth_refresh, oauth_token_url, provider_key
(what a provider takes mail from us by), provider_secret (what it signs its webhooks by), provider_region.
"""

import json

from django.conf import settings

from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.kernel import secrets


def secrets_of(mailbox: Mailbox) -> dict[str, str]:
    """What signs us in; empty when nothing is set.

    Raises:
        NotFound: it was sealed under another installation's key.
    """
    if not mailbox.secrets:
        return {}
    found: dict[str, str] = json.loads(secrets.unseal(mailbox.secrets, secret_key=settings.SECRET_KEY))
    return found


def sealed(values: dict[str, str]) -> str:
    """As a mailbox's row keeps it; what is empty is left out."""
    kept = {key: value for key, value in values.items() if value}
    return secrets.seal(json.dumps(kept), secret_key=settings.SECRET_KEY) if kept else ""
