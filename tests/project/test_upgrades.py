"""Files of every version open for ever."""

from pathlib import Path
from typing import Any

import pytest

from engine.assets import assets_folder
from engine.blocks import block_layer
from engine.graph import Bookmark, Box, Frame, Outlet, Place
from engine.layers import Unknown, make_layer
from engine.project.faults import OtherVersion
from engine.project.file import dumps, load
from engine.project.recipe import SGD, Recipe
from engine.project.upgrades import STEPS, VERSION, upgraded

SAMPLES = assets_folder() / "samples"


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_sample_of_every_version_opens(version: int) -> None:
    project = load(SAMPLES / f"version-{version}.loom")
    assert project.graph.nodes["conv1"].layer == make_layer(
        "conv2d", {"out_channels": 16, "kernel_size": (5, 3), "padding": "same", "bias": False}
    )
    assert project.graph.nodes["joined"].inputs == {"parts": (Outlet("conv1", "output"), Outlet("кодер", "output"))}
    assert project.graph.nodes["loose"].inputs["parts"][0] == Outlet("attend", "weights")
    assert isinstance(project.graph.nodes["attend"].layer, Unknown)
    assert project.graph.places["conv1"] == Place(-96.0, 96.5)
    assert list(project.networks) == ["main", "critic"]
    assert [column.classes for column in project.data.columns] == [(), ("cat", "狗")]
    assert project.recipe == Recipe(SGD(0.1, 0.9, nesterov=True), 3, 128, 0.2, 7, "cpu")


def test_the_sample_of_version_2_has_blocks_and_annotations() -> None:
    project = load(SAMPLES / "version-2.loom")
    assert list(project.blocks) == ["separable", "шаг"]
    inner = project.blocks["шаг"].graph.nodes["one"].layer
    assert inner == block_layer("separable", project.blocks["separable"])(repeat=2, out_channels=8)
    assert project.graph.nodes["relu2"].inputs == {"value": (Outlet("step1", "left"),)}
    assert project.graph.nodes["lost1"].layer == Unknown("block:of_elsewhere", '{"depth": 3}')
    assert project.graph.annotations.frames["frame1"] == Frame("Encoder — 编码", Box(-120, -24, 480, 320.5), "teal")
    assert project.graph.annotations.notes["note1"].colour == "orange"
    assert project.blocks["separable"].graph.annotations.notes["note1"].text == "see *Xception*"
    assert project.graph.annotations.bookmarks == {"bookmark1": Bookmark("Head", Box(0, 600, 800, 600))}


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_file_of_an_earlier_version_that_needs_no_later_one_is_saved_as_it_was(version: int) -> None:
    path = SAMPLES / f"version-{version}.loom"
    assert dumps(load(path)) == path.read_text(encoding="utf-8")


def test_every_earlier_version_has_its_step() -> None:
    assert set(STEPS) == set(range(1, VERSION))


def test_steps_are_taken_one_after_another() -> None:
    def second(content: dict[str, Any]) -> dict[str, Any]:
        return {**content, "networks": {"main": content["nodes"]}}

    def third(content: dict[str, Any]) -> dict[str, Any]:
        assert content["loom"] == 2
        return {**content, "networks": {"renamed": content["networks"]["main"]}}

    found = upgraded({"loom": 1, "nodes": 5}, "f", steps={1: second, 2: third}, version=3)
    assert found == {"loom": 3, "nodes": 5, "networks": {"renamed": 5}}


def test_a_file_of_this_version_takes_no_step() -> None:
    content = {"loom": 3, "x": 1}
    assert upgraded(content, "f", steps={}, version=3) is content


def test_a_file_of_a_later_version_is_refused() -> None:
    with pytest.raises(OtherVersion, match="later version"):
        upgraded({"loom": VERSION + 1}, "f")


def test_samples_hold_no_paths_of_this_machine() -> None:
    assert all(str(Path.home()) not in path.read_text(encoding="utf-8") for path in SAMPLES.iterdir())
