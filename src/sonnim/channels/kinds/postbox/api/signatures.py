"""One's own lines below one's mails, over HTTP."""

from typing import Annotated, Any

from pydantic import StringConstraints
from typing_extensions import TypedDict

from sonnim.accounts.api.fields import LocaleField
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, ShopRouter, Text
from sonnim.accounts.permissions import Permission as P
from sonnim.channels.kinds.postbox.actions.signatures import set_own_signatures
from sonnim.channels.kinds.postbox.signing import MAX_OWN, own_signatures

router = ShopRouter(tag="mailboxes")


class SignaturesBody(Body):
    """Language → text."""

    signatures: dict[LocaleField, Annotated[Text, StringConstraints(max_length=MAX_OWN)]]


class Signatures(TypedDict):
    """Language → text; one that is not there is empty."""

    signatures: dict[str, str]


@router.get("/signatures", needs=P.CONVERSATION_REPLY, response=Signatures)
def read_signatures(caller: Caller) -> dict[str, Any]:
    """What stands below my mails."""
    return {"signatures": own_signatures(caller.agent)}


@router.put("/signatures", needs=P.CONVERSATION_REPLY, response=Signatures)
def put_signatures(caller: Caller, body: SignaturesBody) -> dict[str, Any]:
    """Change what stands below my mails."""
    given = {str(locale): text for locale, text in body.signatures.items()}
    kept = set_own_signatures(shop_id=caller.shop_id, agent_id=caller.agent.pk, signatures=given)
    return {"signatures": kept}
