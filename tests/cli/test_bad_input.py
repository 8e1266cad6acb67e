"""Bad files and values: one clear sentence each, exit status 1, and the file on the disk untouched."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Ran, Tensorloom

Change = Callable[[dict[str, Any]], object]


def nodes(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["networks"]["main"]["nodes"]
    return found


def cycle(document: dict[str, Any]) -> None:
    nodes(document)["relu1"]["in"] = {"value": "pool1"}


CHANGES: dict[str, Change] = {
    "no version": lambda d: d.pop("loom"),
    "a cycle": cycle,
    "an unknown layer": lambda d: nodes(d)["conv1"].update(type="teleport"),
    "a wrong value": lambda d: nodes(d)["conv1"].update(out_channels=-3),
    "text for a number": lambda d: nodes(d)["conv1"].update(out_channels="many"),
    "a bad name": lambda d: nodes(d).update({"class": nodes(d).pop("conv1")}),
    "code in a name": lambda d: nodes(d).update({"x); import os; (": nodes(d).pop("conv1")}),
    "nodes that are a list": lambda d: d["networks"]["main"].update(nodes=[]),
}
TEXTS: dict[str, Callable[[str], bytes]] = {
    "truncated": lambda text: text[: len(text) // 2].encode(),
    "empty": lambda text: b"",
    "not text": lambda text: b"\xff\xfe\x00\x01" * 50,
    "a duplicate name": lambda text: text.replace('"relu2"', '"relu1"', 1).encode(),
    "NaN": lambda text: text.replace('"out_channels": 64', '"out_channels": NaN', 1).encode(),
    "too deep": lambda text: b"[" * 100_000,
}


def refuses(ran: Ran) -> None:
    assert ran.status == 1, ran.err
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert "Something went wrong inside" not in ran.err


@pytest.fixture
def digits(starter: Callable[[str], Path]) -> Path:
    return starter("digits")


@pytest.mark.parametrize("what", CHANGES)
def test_a_wrong_project_is_refused_in_a_sentence(tensorloom: Tensorloom, digits: Path, what: str) -> None:
    document = json.loads(digits.read_text())
    CHANGES[what](document)
    digits.write_text(json.dumps(document))
    before = digits.read_bytes()
    refuses(tensorloom("check", digits))
    refuses(tensorloom("train", digits))
    assert digits.read_bytes() == before


def test_a_later_version_is_checked_as_far_as_it_is_understood_and_not_trained(
    tensorloom: Tensorloom, digits: Path
) -> None:
    document = json.loads(digits.read_text())
    document.update(loom=99, weather="fine")
    digits.write_text(json.dumps(document))
    before = digits.read_bytes()
    checked = tensorloom("check", digits)
    assert checked.status == 0 and "later version" in checked.err and "weather" in checked.err
    refuses(tensorloom("train", digits))
    assert digits.read_bytes() == before


@pytest.mark.parametrize("what", TEXTS)
def test_a_damaged_file_is_refused_in_one_line(tensorloom: Tensorloom, digits: Path, what: str) -> None:
    damaged = TEXTS[what](digits.read_text())
    assert damaged != digits.read_bytes()
    digits.write_bytes(damaged)
    ran = tensorloom("check", digits)
    refuses(ran)
    assert len(ran.err.strip().splitlines()) == 1
    assert digits.name in ran.err
    assert digits.read_bytes() == damaged


def test_sizes_beyond_the_machine_are_told_by_check_and_refused_by_train(tensorloom: Tensorloom, digits: Path) -> None:
    document = json.loads(digits.read_text())
    nodes(document)["conv1"]["out_channels"] = 10**12
    digits.write_text(json.dumps(document))
    assert tensorloom("check", digits, "--json").json["parameters"] > 10**12
    refused = tensorloom("train", digits)
    refuses(refused)
    assert "memory" in refused.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--set", "epochs=0"], "epochs"),
        (["--set", "nosuch=1"], "nosuch"),
        (["--set", "optimizer.lr=nan"], "lr"),
        (["--set", "optimizer=magic"], "optimizer"),
        (["--data", "idx:/nowhere/at/all"], "nowhere"),
        (["--data", "sample:nosuch"], "nosuch"),
        (["--data", "csv"], "csv"),
    ],
)
def test_wrong_settings_are_named(tensorloom: Tensorloom, digits: Path, arguments: list[str], named: str) -> None:
    refused = tensorloom("train", digits, *arguments)
    refuses(refused)
    assert named in refused.err


@pytest.mark.parametrize("command", ["check", "train", "evaluate", "runs", "export", "predict"])
def test_what_is_not_there_is_said(tensorloom: Tensorloom, tmp_path: Path, command: str) -> None:
    extra = {"export": ["-o", tmp_path / "x.onnx"], "predict": [tmp_path / "x.png"]}.get(command, [])
    refused = tensorloom(command, tmp_path / "missing.loom", *extra)
    refuses(refused)
    assert "missing" in refused.err


@pytest.mark.parametrize("content", [b"", b"not a model", b"\x08\x0a" * 500])
def test_what_is_no_model_is_refused(tensorloom: Tensorloom, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.onnx").write_bytes(content)
    (tmp_path / "image.npy").write_bytes(b"\x93NUMPY")
    refused = tensorloom("predict", tmp_path / "model.onnx", tmp_path / "image.npy")
    refuses(refused)
    assert "model.onnx" in refused.err


def test_no_project_is_written_over_by_source(tensorloom: Tensorloom, digits: Path) -> None:
    before = digits.read_bytes()
    refuses(tensorloom("code", digits, "-o", digits))
    assert digits.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tensorloom: Tensorloom, digits: Path) -> None:
    ran = tensorloom("code", digits, "-o", "nowhere/model.py")
    refuses(ran)
    assert "nowhere/model.py cannot be written: the folder nowhere is not there" in ran.err


def test_what_looks_like_a_file_is_no_unknown_command(tensorloom: Tensorloom) -> None:
    ran = tensorloom("net.lom")
    assert ran.status == 2 and "their names end in .loom" in ran.err
    assert "No such command" in tensorloom("nosuch").err


@pytest.mark.parametrize("command", [("find", "nothing_like_it"), ("blocks",)])
def test_where_nothing_is_found_a_sentence_says_so(tensorloom: Tensorloom, digits: Path, command: list[str]) -> None:
    ran = tensorloom(command[0], digits, *command[1:])
    assert ran.status == 0 and ran.out == "" and digits.name in ran.err


def test_a_narrow_terminal_cuts_no_names(tensorloom: Tensorloom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    names = {
        "templates": ("mobilenet_v2", "3,504,872"),
        "layers": ("multi_head_attention", "Regularisation"),
        "blocks": ("inverted_residual_down", "150,994,944"),
    }
    for command, whole in names.items():
        listed = tensorloom(command).out
        assert all(name in listed for name in whole)
