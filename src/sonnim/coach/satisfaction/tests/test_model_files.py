"""A model's file gives the model back, and whatever else a file holds is refused without being run or believed."""

import math
import pickle
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonnim.coach.satisfaction.files import MAX_FILE, NoModel, decoded, encoded, read_model, write_model
from sonnim.coach.satisfaction.tests.invented import small_model, unknown

SIZE = 1 << 17


def stored() -> dict[str, Any]:
    found: dict[str, Any] = msgspec.msgpack.decode(encoded(small_model()))
    return found


def test_a_written_model_predicts_what_it_did(tmp_path: Path) -> None:
    write_model(small_model(), tmp_path / "shop.model")
    again = read_model(tmp_path / "shop.model")
    assert [again.predict(each) for each in unknown()] == [small_model().predict(each) for each in unknown()]
    assert again.about == small_model().about
    assert encoded(again) == encoded(small_model())
    assert [each.name for each in tmp_path.iterdir()] == ["shop.model"]


def _views(**changed: object) -> Callable[[dict[str, Any]], object]:
    return lambda told: told["views"][0].update(changed)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda told: told.update(version=2), id="another version"),
        pytest.param(lambda told: told.update(format="something else"), id="another format"),
        pytest.param(lambda told: told.update(unknown=1), id="a field that nobody knows"),
        pytest.param(lambda told: told.pop("about"), id="its measured error is missing"),
        pytest.param(lambda told: told["features"].reverse(), id="other features"),
        pytest.param(lambda told: told["views"].pop(), id="a view is missing"),
        pytest.param(lambda told: told["centre"].pop(), id="a number is missing"),
        pytest.param(lambda told: told.update(bias=math.nan), id="not a number"),
        pytest.param(lambda told: told.update(bias=math.inf), id="endless"),
        pytest.param(lambda told: told.update(bias=1e300), id="beyond all sense"),
        pytest.param(lambda told: told["spread"].__setitem__(0, 0.0), id="a spread of nothing"),
        pytest.param(lambda told: told.update(size=SIZE + 1), id="no power of two"),
        pytest.param(lambda told: told.update(size=0), id="no buckets"),
        pytest.param(lambda told: told.update(size=1 << 40), id="more buckets than memory"),
        pytest.param(_views(weights=b"nothing squeezed"), id="damaged weights"),
        pytest.param(_views(weights=zlib.compress(bytes(10))), id="too few weights"),
        pytest.param(_views(rarity=zlib.compress(bytes(1 << 26))), id="a bomb"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(spoil: Callable[[dict[str, Any]], object]) -> None:
    told = stored()
    spoil(told)
    with pytest.raises(NoModel):
        decoded(msgspec.msgpack.encode(told))


class Trap:
    """What a pickle would run."""

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("sprung"),)


def test_code_in_a_file_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("trap.model").write_bytes(pickle.dumps(Trap()))
    with pytest.raises(NoModel):
        read_model(Path("trap.model"))
    assert not Path("sprung").exists()


@pytest.mark.parametrize("content", [b"", b"{}", b"\x80\x04.", b"\x91" * 100_000, b"\xdd\xff\xff\xff\xff"])
def test_what_is_no_model_is_refused(content: bytes) -> None:
    with pytest.raises(NoModel):
        decoded(content)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(NoModel, match="too large"):
        decoded(bytes(MAX_FILE + 1))


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(NoModel, match=r"nowhere\.model: No such file"):
        read_model(Path("nowhere.model"))


@given(st.binary(max_size=300))
def test_bytes_from_anywhere_are_refused(content: bytes) -> None:
    with pytest.raises(NoModel):
        decoded(content)


@settings(max_examples=30)
@given(st.integers(min_value=0), st.binary(min_size=1, max_size=4))
def test_a_model_with_bytes_changed_is_refused_or_still_bounded(at: int, instead: bytes) -> None:
    whole = encoded(small_model())
    place = at % len(whole)
    try:
        model = decoded(whole[:place] + instead + whole[place + len(instead) :])
    except NoModel:
        return
    found = model.predict(unknown()[0])
    assert -2 <= found.satisfaction <= 2 and 0 <= found.unhappy <= 1
