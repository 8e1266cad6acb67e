"""Blocks from the command line."""

from pathlib import Path

from engine.blocks.library import library
from engine.project.file import save
from tests.blocks.builders import project, residual

from .conftest import Tensorloom


def test_blocks_lists_the_library(tensorloom: Tensorloom) -> None:
    found = tensorloom("blocks", "--json").json
    assert [block["id"] for block in found] == [f"block:{name}" for name in library()]
    bottleneck = next(block for block in found if block["title"] == "Bottleneck")
    assert (bottleneck["weights"], bottleneck["inputs"][0]["name"]) == (70_400, "x")
    assert [parameter["name"] for parameter in bottleneck["parameters"]] == ["repeat", "width"]
    assert "width=64" in tensorloom("blocks").out


def test_blocks_of_a_file_are_listed_and_checked(tensorloom: Tensorloom, tmp_path: Path) -> None:
    path = tmp_path / "net.loom"
    save(project(residual(), repeat=2), path)
    (block,) = tensorloom("blocks", path, "--json").json
    assert (block["id"], block["weights"]) == ("block:residual", 576)
    found = tensorloom("check", path, "--json").json
    assert found["parameters"] == 2 * 576 and found["specs"]["block1"][0]["shape"] == ["N", 8, 8, 8]
    assert "block:residual" in tensorloom("check", path).out


def test_check_names_the_node_inside_a_block(tensorloom: Tensorloom, tmp_path: Path) -> None:
    path = tmp_path / "net.loom"
    save(project(residual(), channels=4), path)
    checked = tensorloom("check", path, "--json")
    assert checked.status == 1
    assert "In block1: sum1 takes values of one shape" in checked.json["problems"][0]["message"]
    assert checked.json["problems"][0]["fixes"][0]["title"] == "Set channels to 4"
