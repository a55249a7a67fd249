"""The writers of promises."""

from sonnim.plan.promises.actions.keeping import (
    change_promise,
    drop_promise,
    keep_promise,
    make_promise,
    make_promise_of,
    reopen_promise,
)
from sonnim.plan.promises.actions.moving import (
    drop_unsaid,
    forget_words,
    move_promises,
    return_promises,
    split_promises,
)
from sonnim.plan.promises.actions.striking import strike_due_promises

__all__ = [
    "change_promise",
    "drop_promise",
    "drop_unsaid",
    "forget_words",
    "keep_promise",
    "make_promise",
    "make_promise_of",
    "move_promises",
    "reopen_promise",
    "return_promises",
    "split_promises",
    "strike_due_promises",
]
