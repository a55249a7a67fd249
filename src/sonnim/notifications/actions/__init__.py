"""The writers of notices, devices and preferences."""

from sonnim.notifications.actions.devices import (
    MAX_DEVICES,
    add_device,
    count_failure,
    drop_agent,
    drop_device,
    ensure_signing_key,
    follow_session,
    forget_devices,
)
from sonnim.notifications.actions.notices import (
    add_news,
    begin_following,
    forget_old_notices,
    mark_notices_seen,
    save_position,
)
from sonnim.notifications.actions.preferences import change_preferences
from sonnim.notifications.actions.pushing import push_due, push_test

__all__ = [
    "MAX_DEVICES",
    "add_device",
    "add_news",
    "begin_following",
    "change_preferences",
    "count_failure",
    "drop_agent",
    "drop_device",
    "ensure_signing_key",
    "follow_session",
    "forget_devices",
    "forget_old_notices",
    "mark_notices_seen",
    "push_due",
    "push_test",
    "save_position",
]
