"""What carries a channel's answers: itself, or the channel of letters."""

import pytest

from sonnim.channels import registry


def test_a_channel_that_answers_by_letter_has_its_answers_carried_as_letters() -> None:
    by_letter = [channel.kind for channel in registry.CHANNELS.values() if channel.by_letter]
    assert by_letter
    for kind in by_letter:
        assert registry.carrier(kind) is registry.adapter(registry.LETTERS.kind)
    assert registry.carrier(registry.LETTERS.kind) is registry.adapter(registry.LETTERS.kind)


def test_nothing_carries_what_is_live_or_unknown() -> None:
    for kind in (registry.LIVE.kind, "pigeon"):
        with pytest.raises(LookupError):
            registry.carrier(kind)
