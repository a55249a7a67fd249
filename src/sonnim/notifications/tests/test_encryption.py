"""A browser must be able to read a push, and nobody else."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from sonnim.notifications.push import encryption

PLAIN = b"When I grow up, I want to be a watermelon"
# RFC 8291, appendix A
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7"
    "A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_comes_out_to_the_byte() -> None:
    number = int.from_bytes(encryption.from_base64url(OWN), "big")
    own = ec.derive_private_key(number, ec.SECP256R1())
    sealed = encryption.encrypt(PLAIN, p256dh=P256DH, auth=AUTH, salt=encryption.from_base64url(SALT), own=own)
    assert encryption.to_base64url(sealed) == SEALED


def test_no_two_pushes_share_a_key_or_a_salt() -> None:
    one, other = (encryption.encrypt(PLAIN, p256dh=P256DH, auth=AUTH) for _ in range(2))
    assert one[:16] != other[:16]
    assert one[21:86] != other[21:86]


def test_the_longest_push_fits_into_what_a_push_service_takes() -> None:
    assert len(encryption.encrypt(b"x" * encryption.MAX_PLAIN, p256dh=P256DH, auth=AUTH)) == 4096
    with pytest.raises(ValueError, match="longer"):
        encryption.encrypt(b"x" * (encryption.MAX_PLAIN + 1), p256dh=P256DH, auth=AUTH)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [("", AUTH), (P256DH[:-4], AUTH), ("B" + "A" * 86, AUTH), (P256DH, AUTH[:-4]), (P256DH, "!"), ("é", AUTH)],
)
def test_keys_that_are_none_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(ValueError):
        encryption.check_keys(p256dh, auth)
