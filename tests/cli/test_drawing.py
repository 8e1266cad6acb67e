"""Starters, catalogue, check, code and picture from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.layers import catalogue

from .conftest import Tensorloom

Starter = Callable[[str], Path]


def test_every_template_that_is_listed_can_be_made_and_checked(tensorloom: Tensorloom, starter: Starter) -> None:
    listed = tensorloom("templates", "--json").json
    starters = [template["id"] for template in listed if "input" not in template]
    assert starters == ["mnist-cnn", "mlp", "digits", "empty"]
    assert {"lenet5", "resnet18", "unet"} < {template["id"] for template in listed}
    for template in (*starters, "resnet18"):
        assert tensorloom("check", starter(template), "--json").json["ok"] is (template != "empty")


def test_a_template_is_made_for_a_size_and_classes_and_printed(tensorloom: Tensorloom, tmp_path: Path) -> None:
    path = tmp_path / "net.loom"
    made = tensorloom("new", "resnet18", "-o", path, "--input", "3x64x64", "--classes", "10")
    assert (made.status, made.out) == (0, "")
    checked = tensorloom("check", path, "--json").json
    assert checked["parameters"] == 11_689_512 - 990 * 513
    assert checked["specs"]["linear1"] == [{"port": "output", "shape": ["N", 10], "dtype": "float32"}]
    printed = tensorloom("code", path).out
    assert printed.count("class ") == 3 and "self.stage2 = BasicBlock(out_channels=128)" in printed
    assert printed.index("class BasicBlock(") < printed.index("class Network(")


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("vgg11", "--input", "3x8x8"), 1, "VGG-11 cannot take images of 8 × 8; the smallest is 32 × 32."),
        (("digits", "--input", "3x8x8"), 1, "digits is drawn for its own data"),
        (("resnet19",), 1, "resnet18"),
        (("vgg11", "--input", "3x8"), 2, "3x64x64"),
        (("vgg11", "--classes", "0"), 2, "0"),
    ],
)
def test_what_no_template_takes_is_said(
    tensorloom: Tensorloom, tmp_path: Path, arguments: tuple[str, ...], status: int, sentence: str
) -> None:
    refused = tensorloom("new", *arguments, "-o", tmp_path / "net.loom")
    assert (refused.status, list(tmp_path.glob("*.loom"))) == (status, [])
    assert sentence in refused.err and "Traceback" not in refused.err


def test_new_writes_over_nothing_unless_told(tensorloom: Tensorloom, starter: Starter) -> None:
    path = starter("mlp")
    before = path.read_bytes()
    refused = tensorloom("new", "digits", "-o", path)
    assert (refused.status, path.read_bytes()) == (1, before)
    assert "--force" in refused.err
    assert tensorloom("new", "digits", "-o", path, "--force").status == 0
    assert path.read_bytes() != before


def test_layers_lists_the_catalogue_and_finds_by_other_names(tensorloom: Tensorloom) -> None:
    assert [layer["id"] for layer in tensorloom("layers", "--json").json] == list(catalogue())
    assert "linear" in [layer["id"] for layer in tensorloom("layers", "Dense", "--json").json]
    assert "conv2d" in [layer["id"] for layer in tensorloom("layers", "卷积", "--json").json]


def test_check_gives_specs_parameters_and_flops(tensorloom: Tensorloom, starter: Starter) -> None:
    found = tensorloom("check", starter("mnist-cnn"), "--json").json
    assert found["problems"] == []
    assert found["parameters"] == 93_322  # of the textbook's network
    assert found["specs"]["conv1"] == [{"port": "output", "shape": ["N", 32, 26, 26], "dtype": "float32"}]
    # 2 x (26*26*32*9 + 11*11*64*288 + 3*3*64*576 + 576*64 + 64*10)
    assert found["flops"] == 2 * (194_688 + 2_230_272 + 331_776 + 36_864 + 640)


def test_check_names_node_port_and_fixes_of_a_problem(tensorloom: Tensorloom, starter: Starter) -> None:
    path = starter("mnist-cnn")
    document = json.loads(path.read_text())
    document["networks"]["main"]["nodes"]["conv3"]["kernel_size"] = [9, 9]
    path.write_text(json.dumps(document))
    checked = tensorloom("check", path, "--json")
    problem = checked.json["problems"][0]
    assert checked.status == 1
    assert (problem["node"], problem["port"], problem["severity"]) == ("conv3", "image", "error")
    assert "9" in problem["message"] and "5" in problem["message"]
    assert problem["fixes"]


def test_code_writes_what_it_prints(tensorloom: Tensorloom, starter: Starter, tmp_path: Path) -> None:
    path = starter("mlp")
    done = tensorloom("code", path, "-o", tmp_path / "mlp.py")
    assert done.status == 0 and "Wrote" in done.err and not done.out
    assert (tmp_path / "mlp.py").read_text() == tensorloom("code", path).out
    compile((tmp_path / "mlp.py").read_text(), "mlp.py", "exec")


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_picture_writes_each_kind(
    tensorloom: Tensorloom, starter: Starter, tmp_path: Path, kind: str, start: bytes
) -> None:
    target = tmp_path / f"net.{kind}"
    done = tensorloom("picture", starter("digits"), "-o", target)
    assert done.status == 0 and "Wrote" in done.err
    assert target.read_bytes().startswith(start)
    assert len(target.read_bytes()) > 5_000


def test_picture_of_no_known_kind_is_refused(tensorloom: Tensorloom, starter: Starter) -> None:
    refused = tensorloom("picture", starter("mlp"), "-o", "net.jpeg2000")
    assert (refused.status, len(refused.err.splitlines())) == (1, 1)


def test_misuse_is_two(tensorloom: Tensorloom) -> None:
    assert tensorloom("nosuch").status == 2
    assert tensorloom("check").status == 2
    assert tensorloom("train").status == 2
    assert tensorloom("train", "x.loom", "--set", "epochs").status in (1, 2)


def test_help_lists_every_command(tensorloom: Tensorloom) -> None:
    listed = tensorloom("--help").out
    for command in "new templates layers check train evaluate runs export predict code picture tour worker".split():
        assert f"\n  {command} " in listed


def test_nodes_are_found(tensorloom: Tensorloom, starter: Starter) -> None:
    path = starter("mnist-cnn")
    assert tensorloom("find", path, "out_channels=64", "--json").json == ["conv2", "conv3"]
    assert tensorloom("find", path, "64", "--json").json[:3] == ["conv2", "conv3", "linear1"]
    told = tensorloom("find", path, "out_channels=64", "64x3x3")
    assert told.status == 0 and "conv3" in told.out and "(N, 64, 3, 3)" in told.out and "conv2 " not in told.out
    assert tensorloom("find", path).status == 2


def test_a_picture_of_some_nodes(tensorloom: Tensorloom, starter: Starter, tmp_path: Path) -> None:
    path, whole, some = starter("mnist-cnn"), tmp_path / "whole.svg", tmp_path / "some.svg"
    assert tensorloom("picture", path, "-o", whole).status == 0
    assert tensorloom("picture", path, "-o", some, "--only", "conv1", "--only", "relu1").status == 0
    assert some.stat().st_size < whole.stat().st_size / 2
    refused = tensorloom("picture", path, "-o", some, "--only", "nobody")
    assert refused.status == 1 and "nobody" in refused.err
