"""`sonnim coach train` and `predict`: a model from a file or from shoppers' own answers; a prediction a line."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from sonnim import cli
from sonnim.coach.satisfaction.dialogues import Dialogue
from sonnim.coach.satisfaction.files import read_model, write_model
from sonnim.coach.satisfaction.synthetic.inventing import some
from sonnim.coach.satisfaction.tests.invented import small_model
from sonnim.commands.satisfaction import training
from sonnim.conversations import actions
from sonnim.conversations.actions.settled import record_solved
from sonnim.conversations.surveys import answered
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.quality.predictors import place_of, predictor_of
from tests.people import People

TALK = {
    "id": "a1",
    "turns": [{"sender": "customer", "text": "언제 와요?"}, {"sender": "helpdesk", "text": "내일이요."}],
}


def line_of(dialogue: Dialogue) -> str:
    turns = [{"sender": each.sender, "text": each.text} for each in dialogue.turns]
    return json.dumps({"id": dialogue.id, "turns": turns, "S_mean": dialogue.mean}, ensure_ascii=False)


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def asked(*lines: object, options: tuple[object, ...] = (), code: int = 0) -> list[str]:
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))
        assert cli.main(["coach", "predict", *map(str, options)]) == code
        return capsys.readouterr().out.splitlines()

    return asked


def settle(people: People, *, solved: bool) -> int:
    """A conversation of three turns that its shopper was asked about."""
    who = shopper(people)
    talk = say(who, "접시가 깨졌어요").conversation
    say(people.agent, "새로 보내 드릴게요", conversation_id=talk)
    actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=talk, by=people.agent.pk)
    record_solved(shop_id=people.shop.pk, conversation_id=talk, contact_id=who.pk, solved=solved, words="그냥요")
    say(who, "나중에 한 말")
    return talk


def test_a_dialogue_is_answered_by_its_satisfaction(ask: Any) -> None:
    [found] = map(json.loads, ask(TALK))
    assert list(found) == ["id", "satisfaction", "unhappy"]
    assert found["id"] == "a1" and -2 <= found["satisfaction"] <= 2 and 0 <= found["unhappy"] <= 1


@pytest.mark.parametrize(
    "wrong",
    [
        "{",
        "[]",
        "[" * 100_000,
        {"id": 1},
        {**TALK, "turns": []},
        {**TALK, "turns": [{"text": "?"}]},
        {**TALK, "S_mean": 9},
    ],
)
def test_a_line_that_makes_no_sense_is_answered_in_its_place(ask: Any, wrong: object) -> None:
    found = [json.loads(line) for line in ask(TALK, wrong, "", TALK)]
    assert [sorted(each) for each in found] == [
        ["id", "satisfaction", "unhappy"],
        ["error"],
        ["id", "satisfaction", "unhappy"],
    ]


def test_a_model_that_was_trained_on_a_file_is_used(
    ask: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = tmp_path / "dialogues.jsonl", tmp_path / "shop.model"
    lines = [line_of(each) for each in some("ko", 120, seed=5)]
    data.write_text("\n".join([*lines[:60], "no dialogue", json.dumps(TALK), "", *lines[60:]]), encoding="utf-8")
    assert cli.main(["coach", "train", "--data", str(data), "--out", str(out)]) == 0
    told = capsys.readouterr()
    assert "trained on 120 dialogues" in told.out and "Spearman" in told.out
    assert "line 61: " in told.err and "line 62: S_mean is missing" in told.err and "left out 2 lines" in told.err
    [found] = map(json.loads, ask(lines[0], options=("--model", out)))
    expected = read_model(out).predict(some("ko", 1, seed=5)[0])
    assert (found["satisfaction"], found["unhappy"]) == (expected.satisfaction, expected.unhappy)


def test_how_far_predictions_can_be_believed_stands_once_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_model(small_model(), tmp_path / "small.model")
    [own] = [each for each in small_model().about.measured if each.language == "all"]
    for options, said in (
        ((), "2,617 real conversations (zh): off by 0.52 on the average, rank correlation 0.58; 1,174 real"),
        (("--model", str(tmp_path / "small.model")), f"240 dialogues (all): off by {own.error:.2f} on the average"),
    ):
        text = f"{json.dumps(TALK)}\n" * 3
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))
        assert cli.main(["coach", "predict", *options]) == 0
        told = capsys.readouterr()
        assert len(told.out.splitlines()) == 3 and said in told.err
        assert told.err.count("\n") == 1


def test_a_model_tells_how_well_it_does(ask: Any, tmp_path: Path) -> None:
    write_model(small_model(), tmp_path / "small.model")
    told = ask(options=("--model", tmp_path / "small.model", "--about"))
    assert told[0].startswith("trained on 240 dialogues") and told[-1].split()[0] == "en"
    [found] = map(json.loads, ask(options=("--about", "--json")))
    assert found["source"] == "synthetic"
    assert sorted(found["measured"][0]) == ["auc", "dialogues", "error", "language", "spearman"]


@pytest.mark.parametrize("content", [None, b"\x80\x04no model"])
def test_a_model_that_cannot_be_used_is_refused_in_a_sentence(
    ask: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    file = tmp_path / "other.model"
    if content is not None:
        file.write_bytes(content)
    assert cli.main(["coach", "predict", "--model", str(file)]) == 1
    assert capsys.readouterr().err.startswith(f"sonnim coach: {file}: ")


@pytest.mark.parametrize("lines", [0, 3])
def test_a_file_with_too_little_in_it_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: int
) -> None:
    data = tmp_path / "few.jsonl"
    data.write_text("\n".join(line_of(each) for each in some("en", lines)), encoding="utf-8")
    assert cli.main(["coach", "train", "--data", str(data), "--out", str(tmp_path / "x")]) == 1
    assert "are too few" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_what_shoppers_said_is_read_with_the_conversation_as_it_was_then(people: People) -> None:
    talk = settle(people, solved=False)
    [found] = answered(shop_id=people.shop.pk)
    assert (found.conversation_id, found.solved) == (talk, False)
    assert found.turns == [("customer", "접시가 깨졌어요"), ("agent", "새로 보내 드릴게요")]
    assert list(answered(shop_id=people.shop.pk + 1_000)) == []


def test_a_model_learns_from_what_shoppers_said(
    people: People, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(training, "LEAST_SURVEYS", 20)
    for number in range(20):
        settle(people, solved=bool(number % 3))
    out = tmp_path / "own.model"
    options = ["--from-surveys", "--shop", str(people.shop.pk), "--out", str(out)]
    assert cli.main(["coach", "train", *options]) == 0
    about = read_model(out).about
    assert (about.source, about.dialogues, about.measured[0].language) == ("surveys", 20, "all")


def test_what_a_shop_learnt_without_a_file_named_is_put_where_its_server_looks(
    people: People, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MODELS_ROOT = tmp_path / "models"
    monkeypatch.setattr(training, "LEAST_SURVEYS", 20)
    for number in range(20):
        settle(people, solved=bool(number % 3))
    assert predictor_of(people.shop.pk).kind == "shipped"
    assert cli.main(["coach", "train", "--from-surveys", "--shop", str(people.shop.pk)]) == 0
    assert "the server asks it from now on" in capsys.readouterr().out
    found = predictor_of(people.shop.pk)
    assert (found.kind, found.dialogues, found.path) == ("surveys", 20, str(place_of(people.shop.pk)))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from-surveys"], "there are several shops"),
        (["--from-surveys", "--shop", "987654"], "there is no shop 987654"),
        (["--synthetic"], "--out"),
    ],
)
def test_without_a_place_nothing_is_trained(
    people: People, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    settings.MODELS_ROOT = tmp_path
    assert cli.main(["coach", "train", *options]) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_too_few_answers_of_shoppers_are_refused_with_what_to_do(
    people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(people, solved=True)
    assert cli.main(["coach", "train", "--from-surveys", "--out", str(tmp_path / "own.model")]) == 1
    told = capsys.readouterr().err
    assert "for 1 conversations here" in told and "needs 50" in told and "--data" in told
    assert not (tmp_path / "own.model").exists()
