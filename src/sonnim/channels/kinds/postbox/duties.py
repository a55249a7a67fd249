"""What e-mail does with time and from the outbox; see config/wiring."""

from collections.abc import Callable
from typing import Any

from sonnim.channels.kinds.postbox.actions.lifting import forget_old_refusals
from sonnim.channels.kinds.postbox.afar import actions
from sonnim.channels.kinds.postbox.afar.delivery import deliver_desk_mail, deliver_follow_up, give_up_following
from sonnim.channels.kinds.postbox.afar.follower import Follower
from sonnim.channels.kinds.postbox.mailed_chats.actions import send_due_chats

OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {
    actions.FOLLOW_UP: deliver_follow_up,
    actions.DESK_MAIL: deliver_desk_mail,
}
GIVEN_UP: dict[str, Callable[[dict[str, Any], str], None]] = {actions.FOLLOW_UP: give_up_following}
CLOCK: dict[Callable[[], object], float] = {
    Follower().look: 2,
    actions.follow_due: 2,
    actions.notify_due: 5,
    send_due_chats: 1,
    forget_old_refusals: 3600,
}
