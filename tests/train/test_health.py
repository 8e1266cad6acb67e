"""Numbers that stop being finite: the step and the place where it began are named, and the weights stay sound."""

from pathlib import Path

import pytest
import torch
from msgspec.structs import replace

from engine.check.checker import check
from engine.messages import Failed
from engine.project.project import Project
from engine.project.recipe import SGD, Adam, Optimizer, RMSprop
from engine.text import say
from engine.train.health import Finding, find_fault
from engine.train.network import Network, make_network
from engine.train.optimizers import NoStep, make_optimizer
from engine.train.runs import read_run
from tests.conftest import Draw
from tests.train.conftest import Trainer

CPU = torch.device("cpu")


@pytest.fixture
def network(draw: Draw) -> Network:
    """x → linear1 → relu1 → linear2 → output1 (mean squared error against y); every weight is 1, no bias."""
    graph = draw(
        {
            "x": ("input", {"shape": [1], "column": "x"}),
            "linear1": ("linear", {"out_features": 1, "bias": False}, "x"),
            "relu1": ("relu", {}, "linear1"),
            "linear2": ("linear", {"out_features": 1, "bias": False}, "relu1"),
            "output1": ("output", {"loss": "mse", "target": "y", "metrics": []}, "linear2"),
        }
    )
    made = make_network(graph, check(graph))
    for weight in made.module.parameters():
        torch.nn.init.ones_(weight)
    return made


def found(network: Network, x: float, y: float = 0.0) -> Finding:
    return find_fault(network, 7, {"x": torch.tensor([[1.0], [x]]), "y": torch.tensor([[0.0], [y]])})


def set_weight(network: Network, node: str, value: float) -> None:
    torch.nn.init.constant_(network.module.get_submodule(node).weight, value)  # type: ignore[arg-type]


def test_a_value_in_the_data_is_told_from_one_that_was_computed(network: Network) -> None:
    finding = found(network, float("nan"))
    assert finding.node == ""
    assert "column “x”, 1 of the 2 samples of step 7" in say(finding.text)
    assert "column “y”" in say(found(network, 1.0, float("inf")).text)


def test_the_first_node_whose_values_overflow_is_named(network: Network) -> None:
    set_weight(network, "linear1", 1e30)
    finding = found(network, 1e10)
    assert finding.node == "linear1"
    assert "linear1: at step 7 it gave numbers that are not finite" in say(finding.text)


def test_a_later_node_is_named_where_the_earlier_ones_are_sound(network: Network) -> None:
    set_weight(network, "linear1", 1e20)
    set_weight(network, "linear2", 1e20)
    assert found(network, 1.0).node == "linear2"


def test_a_loss_that_overflows_is_named_by_its_output(network: Network) -> None:
    finding = found(network, 1e20)
    assert finding.node == "output1"
    assert "its loss was not finite" in say(finding.text)


def test_the_first_gradient_that_overflows_is_named(network: Network) -> None:
    # the answer is 1e19, the loss 5e37, its gradient 1e19: finite; times what linear2 was given, 1e24, it is not
    set_weight(network, "linear2", 1e-5)
    finding = found(network, 1e24)
    assert finding.node == "linear2"
    assert "the gradient through it was not finite" in say(finding.text)


def test_weights_that_grew_beyond_all_bounds_are_named(network: Network) -> None:
    set_weight(network, "linear2", float("inf"))
    finding = found(network, 1.0)
    assert finding.node == "linear2"
    assert "its weight grew beyond all bounds" in say(finding.text)


def test_a_step_that_is_sound_when_done_again_says_so(network: Network) -> None:
    assert "done again, the step was sound" in say(found(network, 1.0).text)


@pytest.mark.parametrize("optimizer", [Adam(), SGD(momentum=0.9), RMSprop(momentum=0.9)])
def test_from_the_first_unsound_gradient_on_no_step_is_taken(network: Network, optimizer: Optimizer) -> None:
    made = make_optimizer(optimizer, network.module, CPU)
    no_step = NoStep(made, CPU)
    seen = []
    for gradient in (1.0, float("nan"), 1.0):
        for weight in network.module.parameters():
            weight.grad = torch.full_like(weight, gradient)
        no_step.step(torch.tensor(0.5))
        seen.append([weight.item() for weight in network.module.parameters()])
    assert seen[0] != [1.0, 1.0]
    assert seen[0] == seen[1] == seen[2]
    assert no_step.left_out == 2


def test_an_unsound_loss_alone_is_noticed_too(network: Network) -> None:
    no_step = NoStep(make_optimizer(Adam(), network.module, CPU), CPU)
    for weight in network.module.parameters():
        weight.grad = torch.ones_like(weight)
    no_step.step(torch.tensor(float("inf")))
    assert no_step.left_out == 1


@pytest.mark.trains
@pytest.mark.parametrize("optimizer", [Adam(lr=1e20), RMSprop(lr=1e20), SGD(lr=1e21)])
def test_a_training_that_diverges_fails_at_a_step_and_a_node(
    project: Project, trained: Trainer, draw: Draw, optimizer: Optimizer
) -> None:
    graph = draw(
        {
            "x": ("input", {"shape": [4], "column": "features"}),
            "linear1": ("linear", {"out_features": 8}, "x"),
            "relu1": ("relu", {}, "linear1"),
            "linear2": ("linear", {"out_features": 3}, "relu1"),
            "output1": ("output", {}, "linear2"),
        }
    )
    recipe = replace(project.recipe, optimizer=optimizer)
    last, _ = trained(replace(project.with_graph(graph), recipe=recipe))
    assert isinstance(last, Failed)
    assert last.node == "linear2"
    assert "linear2: at step 2 it gave numbers that are not finite" in say(last.text)
    run = read_run(Path(last.run))
    assert (run.state, run.node, run.sentence) == ("failed", last.node, last.text)
