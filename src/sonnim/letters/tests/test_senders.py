"""Who wrote is read from From fields as mailers really write them, and never as somebody else."""

import pytest

from sonnim.letters.addresses import Address, address_list, first_address


@pytest.mark.parametrize(
    ("raw", "name", "address"),
    [
        ("Kim <kim@shop.example>", "Kim", "kim@shop.example"),
        ('"Kim, Haneul" <kim@shop.example>', "Kim, Haneul", "kim@shop.example"),
        ("Kim, Haneul <kim@shop.example>", "Kim, Haneul", "kim@shop.example"),
        ("kim@shop.example (Haneul Kim)", "Haneul Kim", "kim@shop.example"),
        ("kim@shop.example", "", "kim@shop.example"),
        ("<kim@shop.example>", "", "kim@shop.example"),
        ("Big Bug bb@bug.example", "Big Bug", "bb@bug.example"),
        ('"=?utf-8?B?6rmA7ZWY64qY?=" <kim@shop.example>', "김하늘", "kim@shop.example"),
        ("=?utf-8?B?6rmA?= =?utf-8?B?7ZWY64qY?= <kim@shop.example>", "김하늘", "kim@shop.example"),
        ('"Giant; \\"Big\\" Box" <box@shop.example>', 'Giant; "Big" Box', "box@shop.example"),
        ("Pete(A wonderful \\) chap) <pete(his account)@silly.example(his host)>", "Pete", "pete@silly.example"),
        ("Mary <@machine.example:mary@shop.example>", "Mary", "mary@shop.example"),
        ("Jöhn <jdöe@mächine.example>", "Jöhn", "jdöe@mächine.example"),
        ("Kim <kim@shop.example", "Kim", "kim@shop.example"),
        ('"kim@shop.example" <kim@shop.example>', "kim@shop.example", "kim@shop.example"),
        ("a@one.example b@two.example", "", "a@one.example"),
        ("A Group: a@one.example, b@two.example;", "", "a@one.example"),
        ("<mailto:kim@shop.example>", "", "kim@shop.example"),
        ("Mail Delivery System", "Mail Delivery System", ""),
        ("undisclosed recipients: ;", "", ""),
    ],
)
def test_name_and_address_are_read(raw: str, name: str, address: str) -> None:
    assert first_address(raw.encode()) == Address(name, address)


@pytest.mark.parametrize(
    "raw",
    ["alice@shop.example)bob@evil.example", "alice@shop.example@evil.example", "<alice@shop.example>@evil.example",
     "alice@shop.example\\@evil.example", "Bob <bob@evil.example> <alice@shop.example>"],
)  # fmt: skip
def test_an_address_that_could_be_read_in_two_ways_is_never_read_as_alice(raw: str) -> None:
    assert first_address(raw.encode()).address != "alice@shop.example"


def test_empty_places_in_a_list_are_left_out() -> None:
    assert [each.address for each in address_list(b" , a@one.example,, b@two.example ;")] == [
        "a@one.example", "b@two.example",
    ]  # fmt: skip
