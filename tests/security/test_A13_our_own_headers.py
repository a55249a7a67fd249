"""A13: headers that look as if they steered the desk are nothing but headers of somebody's mail."""

import pytest

from sonnim.conversations.models import Conversation
from tests.people import People
from tests.postbag import Postbag, flags_of, written


@pytest.mark.parametrize(
    "head",
    [
        "X-Sonnim-Conversation: {id}",
        "X-Sonnim-Contact: 1\nX-Sonnim-Agent: 1",
        "X-Sonnim-Verified: yes\nX-Sonnim-Channel: webchat",
        "X-Conversation-Id: {id}\nX-Thread: {id}",
        "Thread-Index: {id}\nThread-Topic: 달항아리 배송 문의",
        "X-Sonnim-Resolve: yes\nX-Sonnim-Assign: 1\nX-Sonnim-Tags: vip",
    ],
)
def test_a_control_header_from_outside_is_ignored(people: People, head: str) -> None:
    postbag = Postbag(people)
    first = postbag.first()
    steered = head.format(id=first.conversation_id)
    entry = postbag.file(written(sender="eve@evil.example", head=steered, subject="Re: 달항아리 배송 문의"))
    about = Conversation.objects.get(pk=entry.conversation_id)
    assert about.pk != first.conversation_id
    assert (about.status, about.assignee_id, about.tag_ids, flags_of(entry)) == ("open", None, "[]", [])
