"""Heads of mails are read as a patient person would read them."""

import pytest

from sonnim.letters.letter import read


def subject(raw: bytes) -> str:
    return read(b"From: a@b.example\r\nSubject: " + raw + b"\r\n\r\nhello").subject


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"=?EUC-KR?B?yK+60iC5rsDH?=", "환불 문의"),
        ("환불 문의".encode("cp949"), "환불 문의"),
        ("订单还没有收到".encode("gb18030"), "订单还没有收到"),
        ("注文の確認です".encode("cp932"), "注文の確認です"),
        ("주문 확인".encode(), "주문 확인"),
        ("Formação de Verão".encode("cp1252"), "Formação de Verão"),
        (b"=?utf-8?q?two?= =?utf-8?q?_words?=", "two words"),
        (b"=?utf-8?B?7ZWc?=\r\n =?utf-8?B?6rWt?=", "한국"),
        (b"=?NONE?B?VEVTVA=?=", "TEST"),
        (b"=?utf-8?B?!!!?=", ""),
        (b"=?rot13?q?uryyb?=", "uryyb"),
        (b"plain =?utf-8?q?caf=C3=A9?= plain", "plain café plain"),
        (b"a\x00b\x07c", "abc"),
        (b"", ""),
    ],
)
def test_a_subject_is_shown_in_its_own_letters(raw: bytes, shown: str) -> None:
    assert subject(raw) == shown


def test_a_character_that_is_cut_between_two_words_is_whole_again() -> None:
    han = "한국어".encode()
    first, second = han[:4], han[4:]
    words = b" ".join(b"=?utf-8?q?" + b"".join(b"=%02X" % byte for byte in part) + b"?=" for part in (first, second))
    assert subject(words) == "한국어"


def test_space_before_the_colon_and_folding_are_taken_as_they_are_meant() -> None:
    letter = read(b"From  : Kim <kim@shop.example>\nSubject:\n  long\n\tsubject\n\nbody")
    assert (letter.sender.name, letter.sender.address, letter.subject) == ("Kim", "kim@shop.example", "long subject")


def test_two_senders_that_differ_are_nobody() -> None:
    letter = read(b"From: alice@shop.example\nFrom: bob@evil.example\nSubject: x\n\nbody")
    assert letter.sender.address == ""


def test_an_mbox_line_is_no_part_of_the_mail() -> None:
    letter = read(b"From kim@shop.example Fri Nov 20 15:12:44 2026\nFrom: lee@shop.example\n\nbody")
    assert letter.sender.address == "lee@shop.example"
