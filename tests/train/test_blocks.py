"""Networks with blocks are trained, resumed and judged as any, and what goes wrong inside is named by the way to it."""

from pathlib import Path

import pytest
import torch
from msgspec.structs import replace

from engine.blocks import Block, Lifted, Target, block_layer
from engine.check.checker import check
from engine.graph import Graph
from engine.layers import Layer
from engine.messages import Done, Failed
from engine.project.file import load
from engine.project.project import Data, Project
from engine.project.recipe import SGD, Adam, Recipe
from engine.text import say
from engine.train.checkpoints import read_checkpoint
from engine.train.evaluate import evaluate
from engine.train.health import find_fault
from engine.train.loading import load_run
from engine.train.network import Network, make_network, node_of
from tests.blocks.builders import graph, node
from tests.train.conftest import Trainer


def dense(size: int = 8, **parameters: object) -> Block:
    """linear → norm → relu → dropout, with its size on the face."""
    drawn = graph(
        x=node("block_input", shape=[size]),
        linear1=node("linear", "x", out_features=size),
        norm1=node("batch_norm1d", "linear1"),
        relu1=node("relu", "norm1"),
        dropout1=node("dropout", "relu1", p=0.2),
        y=node("block_output", "dropout1"),
    )
    return Block(drawn, (Lifted("features", (Target("linear1", "out_features"),), size),))


@pytest.fixture
def project(points: str) -> Project:
    """Three dense blocks, two of them repeats, on the points."""
    block = dense()
    layer = block_layer("dense", block)
    drawn = graph(
        x=node("input", shape=[4], column="features"),
        first=node(layer(features=16), "x"),
        more=node(layer(features=8, repeat=2), "first"),
        linear1=node("linear", "more", out_features=3),
        output1=node("output", "linear1"),
    )
    recipe = Recipe(epochs=6, batch_size=32, device="cpu", optimizer=Adam(lr=0.02))
    return Project({"main": drawn}, {"dense": block}, data=Data(points), recipe=recipe)


def last_weights(run: str) -> dict[str, torch.Tensor]:
    return dict(read_checkpoint(Path(run), "last").weights)


@pytest.mark.trains
def test_it_learns_and_is_judged(project: Project, trained: Trainer) -> None:
    last, _ = trained(project)
    assert isinstance(last, Done) and last.metrics["accuracy"] > 0.9
    keys = last_weights(last.run).keys()
    assert {"first.linear1.weight", "more.0.linear1.weight", "more.1.norm1.running_mean"} <= keys
    assert load(Path(last.run) / "project.loom").blocks.keys() == {"dense"}
    loaded = load_run(Path(last.run), "last").network
    assert set(loaded.module.state_dict()) == set(keys)
    assert evaluate(Path(last.run), "last").metrics["accuracy"] > 0.8


@pytest.mark.trains
def test_a_resumed_run_ends_with_the_same_bits(project: Project, trained: Trainer) -> None:
    whole, _ = trained(project)
    stopped, _ = trained(project, stop_after=9)
    assert isinstance(whole, Done) and isinstance(stopped, Done) and stopped.stopped
    resumed, _ = trained(project, resume=Path(stopped.run))
    assert isinstance(resumed, Done)
    one, other = last_weights(whole.run), last_weights(resumed.run)
    assert one.keys() == other.keys() and all(torch.equal(one[key], other[key]) for key in one)


@pytest.mark.trains
def test_a_training_that_diverges_names_a_node_inside(project: Project, trained: Trainer) -> None:
    diverging = replace(project, recipe=replace(project.recipe, optimizer=SGD(lr=1e30)))
    last, _ = trained(diverging)
    assert isinstance(last, Failed)
    assert last.node.split("/")[0] in project.graph.nodes
    assert last.node in say(last.text)


def plain() -> Graph[Layer]:
    """x → twice (relu of a linear layer without bias, two of them) → output1; every weight is 1."""
    drawn = graph(
        x=node("block_input", shape=[1]),
        linear1=node("linear", "x", out_features=1, bias=False),
        relu1=node("relu", "linear1"),
        y=node("block_output", "relu1"),
    )
    return graph(
        x=node("input", shape=[1], column="x"),
        twice=node(block_layer("plain", Block(drawn))(repeat=2), "x"),
        output1=node("output", "twice", loss="mse", target="y", metrics=[]),
    )


@pytest.fixture
def network() -> Network:
    made = make_network(plain(), check(plain()))
    for weight in made.module.parameters():
        torch.nn.init.ones_(weight)
    return made


def found(network: Network, x: float, y: float = 0.0) -> str:
    batch = {"x": torch.tensor([[1.0], [x]]), "y": torch.tensor([[0.0], [y]])}
    return find_fault(network, 7, batch).node


def set_weight(network: Network, node: str, value: float) -> None:
    torch.nn.init.constant_(network.module.get_submodule(node).weight, value)  # type: ignore[arg-type]


def test_the_first_node_inside_whose_values_overflow_is_named(network: Network) -> None:
    set_weight(network, "twice.1.linear1", 1e30)
    assert found(network, 1e10) == "twice/1/linear1"
    set_weight(network, "twice.0.linear1", 1e30)
    assert found(network, 1e10) == "twice/0/linear1"


def test_the_first_gradient_inside_that_overflows_is_named(network: Network) -> None:
    # the answer is 1e19, its gradient 1e19: finite; times what the second linear layer was given, 1e24, it is not
    set_weight(network, "twice.1.linear1", 1e-5)
    assert found(network, 1e24) == "twice/1/linear1"


def test_a_weight_inside_that_has_grown_beyond_bounds_is_named(network: Network) -> None:
    set_weight(network, "twice.0.linear1", float("inf"))
    finding = find_fault(network, 7, {"x": torch.ones(2, 1), "y": torch.ones(2, 1)})
    assert finding.node == "twice/0/linear1" and "its weight grew" in say(finding.text)


def test_an_error_of_torch_is_told_with_the_way_to_its_node(network: Network) -> None:
    with pytest.raises(RuntimeError) as caught:
        network.module(torch.ones(2, 5))
    assert node_of(network, caught.value) == "twice/linear1"
