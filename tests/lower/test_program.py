"""Lowering: what of a drawing becomes a program, and what is refused."""

import pytest

from engine.check.checker import check
from engine.graph import Graph, Node, Outlet
from engine.layers import make_layer
from engine.lower.program import lower
from engine.text import Failure

IMAGE = ("input", {"shape": [1, 8, 8]})
OUT = ("output", {"loss": "mse"})


def test_a_program_names_arguments_steps_and_results(draw):
    graph = draw({"image": IMAGE, "conv1": ("conv2d", {}, "image"), "answer": (*OUT, "conv1")})
    program = lower(graph, check(graph))
    assert program.arguments == ("image",)
    assert [step.node for step in program.steps] == ["conv1"]
    assert program.results == ("answer",)
    assert program.returned == (Outlet("conv1", "output"),)
    assert program.left_out == ()


def test_arguments_and_results_follow_the_drawing_not_the_order_of_running(draw):
    graph = draw(
        {
            "late": (*OUT, "relu2"),
            "b": IMAGE,
            "early": (*OUT, "relu1"),
            "relu1": ("relu", {}, "a"),
            "a": IMAGE,
            "relu2": ("relu", {}, "b"),
        }
    )
    program = lower(graph, check(graph))
    assert program.arguments == ("b", "a")
    assert program.results == ("late", "early")


def test_what_leads_to_no_output_is_not_run(draw):
    graph = draw(
        {
            "image": IMAGE,
            "other": IMAGE,
            "relu1": ("relu", {}, "image"),
            "spare": ("conv2d", {}, "relu1"),
            "answer": (*OUT, "relu1"),
        }
    )
    report = check(graph)
    program = lower(graph, report)
    assert report.ok
    assert [step.node for step in program.steps] == ["relu1"]
    assert program.arguments == ("image",)


def test_a_drawing_with_an_error_is_refused_and_its_node_named(draw):
    graph = draw({"image": IMAGE, "conv1": ("conv2d", {"kernel_size": [9, 9]}, "image"), "answer": (*OUT, "conv1")})
    with pytest.raises(Failure, match="conv1"):
        lower(graph, check(graph))


def test_an_empty_drawing_is_refused(draw):
    with pytest.raises(Failure):
        lower(Graph(), check(Graph()))


@pytest.mark.parametrize("partial", [False, True])
@pytest.mark.parametrize(
    "name", ["class", "train", "forward", "ﬁ", "_x", "self", "1a", "a b", "a\nb", "x); import os  #", "torch", ""]
)
def test_hostile_names_are_refused(name, partial):
    image = Node(make_layer("input", {"shape": [4]}))
    answer = Node(make_layer("output", {"loss": "mse"}), {"value": (Outlet(name, "output"),)})
    graph = Graph({name: image, "answer": answer})
    with pytest.raises(Failure):
        lower(graph, check(graph), partial=partial)


def test_a_half_drawn_graph_is_lowered_as_far_as_it_goes(draw):
    graph = draw(
        {
            "image": IMAGE,
            "relu1": ("relu", {}, "image"),
            "conv1": ("conv2d", {"kernel_size": [9, 9]}, "relu1"),
            "relu2": ("relu", {}, "conv1"),
            "relu3": ("relu", {}),
            "answer": (*OUT, "relu2"),
        }
    )
    program = lower(graph, check(graph), partial=True)
    assert [step.node for step in program.steps] == ["relu1"]
    assert program.results == ()
    reasons = {name: str(reason) for name, reason in program.left_out}
    assert list(reasons) == ["conv1", "relu2", "relu3", "answer"]
    assert "kernel 9" in reasons["conv1"]
    assert "conv1" in reasons["relu2"] and "relu2" in reasons["answer"]
    assert "relu3" in reasons["relu3"]


def test_a_circle_is_left_out_of_a_half_drawn_program(draw):
    graph = draw({"image": IMAGE, "a": ("relu", {}, "b"), "b": ("relu", {}, "a"), "c": ("relu", {}, "image")})
    program = lower(graph, check(graph), partial=True)
    assert [step.node for step in program.steps] == ["c"]
    assert {name for name, _ in program.left_out} == {"a", "b"}


def test_a_whole_drawing_gives_the_same_program_either_way(draw):
    graph = draw({"image": IMAGE, "spare": ("relu", {}, "image"), "answer": (*OUT, "image")})
    report = check(graph)
    assert lower(graph, report, partial=True) == lower(graph, report)


def test_a_node_with_several_wires_where_one_goes_in_is_left_out_of_a_partial_program(draw):
    graph = draw({"image": ("input", {}), "relu1": ("relu", {}, "image")})
    source = Outlet("image", "output")
    twice = Node(graph.nodes["relu1"].layer, {"value": (source, source)})
    graph = Graph({**graph.nodes, "relu1": twice})
    program = lower(graph, check(graph), partial=True)
    assert "relu1" in dict(program.left_out) and program.steps == ()
