"""What machines of ours have written to an address, for the rule of what they may answer."""

from datetime import timedelta

from sonnim.channels.kinds.postbox.mail import Mail
from sonnim.channels.kinds.postbox.models import Letter, Mailbox
from sonnim.channels.kinds.postbox.rules import MAX_AUTOMATIC_AN_HOUR, Answered, bare_address, subject_core
from sonnim.kernel import clock
from sonnim.letters.addresses import is_robot

_READ = 100


def may_go_by_itself(mail: Mail, *, shop_id: int) -> bool:
    """Whether a mail that no person wrote may go to all whom it names: to no mailbox of our own, to none that nobody
    reads, and to each no more often than a machine of ours answers somebody in an hour.
    """
    for address in map(bare_address, mail.recipients):
        history = answered(shop_id=shop_id, address=address)
        if is_robot(address) or address in history.own or history.in_last_hour >= MAX_AUTOMATIC_AN_HOUR:
            return False
    return True


def answered(*, shop_id: int, address: str) -> Answered:
    """What `may_answer_automatically` wants to know of an address."""
    sent = Letter.objects.filter(shop_id=shop_id, recipient=address.lower(), out=True, automatic=True)
    sent = sent.exclude(recipient="")  # which is what its index is limited to
    day = sent.filter(at__gte=clock.now() - timedelta(days=1)).order_by("-id").values_list("subject", "at")[:_READ]
    hour = clock.now() - timedelta(hours=1)
    own = Mailbox.objects.filter(shop_id=shop_id).values_list("address", flat=True)
    return Answered(
        in_last_hour=sum(at >= hour for _, at in day),
        subjects=frozenset(subject_core(subject) for subject, _ in day),
        own=frozenset(bare_address(each) for each in own),
    )
