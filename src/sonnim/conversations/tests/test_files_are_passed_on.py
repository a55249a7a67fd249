"""A file of a timeline can go out once more, as a copy of the agent's own."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.people import People

from sonnim.conversations.files import store_attachment
from sonnim.conversations.tests.shop_day import say, shopper


def content(people: People, who: Any, attachment_id: int) -> Any:
    answer = people.browser(who).get(people.url(f"/attachments/{attachment_id}/content"))
    return b"".join(answer.streaming_content) if answer.status_code == 200 else answer.status_code


def test_an_agent_passes_a_shoppers_file_on_in_another_message(people: People) -> None:
    kim = shopper(people)
    file = store_attachment(
        shop_id=people.shop.pk, owner=("contact", kim.pk), upload=SimpleUploadedFile("깨짐.txt", b"a crack")
    )
    at = say(kim, attachments=(file.pk,)).conversation
    nora = people.browser(people.agent)
    copy = nora.post(people.url(f"/attachments/{file.pk}/copy")).json()
    assert (copy["name"], copy["size"]) == ("깨짐.txt", 7)
    assert copy["id"] != file.pk
    assert content(people, people.agent, copy["id"]) == b"a crack"
    body = {"client_id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "text": "See below.", "attachments": [copy["id"]]}
    assert nora.post(people.url(f"/conversations/{at}/messages"), body).status_code == 200
    assert content(people, people.agent, file.pk) == b"a crack"


def test_a_file_that_one_may_not_open_is_not_copied(people: People) -> None:
    kim = shopper(people)
    unsent = store_attachment(
        shop_id=people.shop.pk, owner=("contact", kim.pk), upload=SimpleUploadedFile("x.txt", b"not sent yet")
    )
    assert people.browser(people.agent).post(people.url(f"/attachments/{unsent.pk}/copy")).status_code == 404
