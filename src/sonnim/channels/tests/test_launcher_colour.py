"""The launcher's mark can be seen on whatever colour a shop chooses."""

import pytest

from sonnim.channels.kinds.webchat.views import ink_upon


@pytest.mark.parametrize("color", ["#0F766E", "#000000", "#C2410C", "#33424A"])
def test_a_dark_ground_carries_white(color: str) -> None:
    assert ink_upon(color) == "#fff"


@pytest.mark.parametrize("color", ["#F2C94C", "#FFFFFF", "#5FAEA3"])
def test_a_light_ground_carries_ink(color: str) -> None:
    assert ink_upon(color) == "#1c2421"
