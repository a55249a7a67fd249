"""What rules have kept of a wording goes with it."""

from sonnim.automation.conditions import shown
from sonnim.automation.keeping import AUTOMATION
from sonnim.automation.models import Run
from sonnim.automation.rules import MAX_TEXT, TEXTS
from sonnim.conversations.models import Conversation
from sonnim.eventlog.models import Outbox


def forget_words(*, shop_id: int, contact_id: int, words: set[str]) -> None:
    """Take words of a contact's conversations out of the logs of rules and out of what is still to be asked of them;
    within the unit of the redaction.
    """
    kept = {shown(word[:MAX_TEXT]) for word in words}
    for run in Run.objects.filter(conversation__contact_id=contact_id, shop_id=shop_id).iterator():
        telling = [line for line in run.found if line["field"] in TEXTS and line["found"] in kept]
        for line in telling:
            line["found"] = ""
        if telling:
            run.save(update_fields=["found"])
    cut = {word[:MAX_TEXT] for word in words}
    theirs = Conversation.objects.filter(shop_id=shop_id, contact_id=contact_id).values_list("pk", flat=True)
    series = [f"{AUTOMATION}:{each}" for each in theirs]
    for row in Outbox.objects.filter(shop_id=shop_id, kind=AUTOMATION, series__in=series):
        if row.payload.get("text") in cut:
            row.payload["text"] = ""
            row.save(update_fields=["payload"])
