"""Finding nodes in blocks, named by the way to them."""

from engine.blocks.finding import find_deep
from engine.check.checker import check
from engine.graph import Graph, edits
from engine.layers import Layer, make_layer
from engine.project.starters import make_starter
from engine.project.templates import TEMPLATES


def resnet() -> Graph[Layer]:
    return next(one for one in TEMPLATES if one.id == "resnet18").make().graph


def found(graph: Graph[Layer], query: str) -> list[str]:
    return [one.name for one in find_deep(graph, check(graph), query)]


def test_what_is_drawn_comes_before_what_is_in_blocks() -> None:
    names = found(resnet(), "relu")
    assert names[0] == "relu1" and names[1:3] == ["stage1/relu1", "stage1/relu2"]
    assert len(names) == len(set(names)) > 10


def test_an_instance_is_searched_with_its_own_values_and_shapes() -> None:
    graph = resnet()
    by_name = {one.name: one for one in find_deep(graph, check(graph), "conv2d out_channels=512")}
    assert {name.partition("/")[0] for name in by_name} == {"down4", "stage4"}
    assert str(by_name["stage4/conv1"].specs[0].shape[1]) == "512"


def test_a_block_in_a_block_is_searched() -> None:
    graph = next(one for one in TEMPLATES if one.id == "densenet121").make().graph
    assert any(name.count("/") == 2 for name in found(graph, "conv1"))


def test_an_instance_without_wires_is_searched_as_it_is_drawn() -> None:
    alone = edits.add(Graph(), "stage1", resnet().nodes["stage1"].layer)
    assert "stage1/conv1" in found(alone, "conv1")


def test_a_drawing_without_blocks_finds_as_ever() -> None:
    graph = make_starter("mnist-cnn").graph
    assert found(graph, "conv") == ["conv1", "conv2", "conv3"]
    assert found(edits.add(graph, "relu9", make_layer("relu", {})), "relu9") == ["relu9"]
