"""What the checker says of sound, half-drawn and broken drawings."""

import pytest

from engine.check.checker import Checker, check
from engine.check.report import Column, Cost
from engine.graph import Graph, Inlet, Node, Outlet, edits, spec
from engine.layers import Unknown, make_layer, with_parameters
from engine.text import say

IMAGE = ("input", {"shape": [1, 28, 28]})
MNIST = (Column("image", (1, 28, 28), "float32"), Column("label", (), "int64", tuple("0123456789")))
TEXTBOOK = {
    "x": IMAGE,
    "conv1": ("conv2d", {"out_channels": 32}, "x"),
    "relu1": ("relu", {}, "conv1"),
    "pool1": ("max_pool2d", {}, "relu1"),
    "conv2": ("conv2d", {"out_channels": 64}, "pool1"),
    "relu2": ("relu", {}, "conv2"),
    "pool2": ("max_pool2d", {}, "relu2"),
    "conv3": ("conv2d", {"out_channels": 64}, "pool2"),
    "relu3": ("relu", {}, "conv3"),
    "flatten1": ("flatten", {}, "relu3"),
    "linear1": ("linear", {"out_features": 64}, "flatten1"),
    "relu4": ("relu", {}, "linear1"),
    "linear2": ("linear", {"out_features": 10}, "relu4"),
    "y": ("output", {}, "linear2"),
}


def told(graph, columns=()):
    """Code, node and port of each problem."""
    return [(problem.code, problem.node, problem.port) for problem in check(graph, columns).problems]


def said(graph, columns=()):
    return [say(problem.text) for problem in check(graph, columns).problems]


def test_the_textbook_network_is_sound(draw):
    report = check(draw(TEXTBOOK), MNIST)
    assert report.ok
    assert report.problems == ()
    assert report.specs["relu3"] == (spec("N", 64, 3, 3),)
    assert report.specs["y"] == ()
    assert report.order == tuple(TEXTBOOK)


def test_its_cost_is_known(draw):
    """93,322 parameters, as Keras's tutorial of this network counts them."""
    report = check(draw(TEXTBOOK), MNIST)
    assert report.costs["conv1"] == Cost(320, 2 * 26 * 26 * 32 * 9, 4 * 26 * 26 * 32)
    assert report.total.parameters == 93_322
    assert report.total.activation_bytes == sum(cost.activation_bytes for cost in report.costs.values())


def test_cost_has_no_largest_number(draw):
    huge = 10**12
    graph = draw(
        {"x": IMAGE, "a": ("conv2d", {"out_channels": huge}, "x"), "b": ("conv2d", {"out_channels": huge}, "a")}
    )
    assert check(graph).costs["b"].parameters == 9 * huge * huge + huge


def test_a_misfit_names_the_node_and_offers_flatten(draw):
    nodes = {**TEXTBOOK, "linear1": ("linear", {"out_features": 64}, "relu3")}
    del nodes["flatten1"]
    problem = check(draw(nodes), MNIST).problems[0]
    assert say(problem.text) == "linear1 takes (N, features); here comes (N, 64, 3, 3)."
    assert (problem.code, problem.node, problem.port) == ("misfit", "linear1", "value")
    assert [say(fix.title) for fix in problem.fixes] == ["Insert flatten"]


def test_what_lies_behind_a_misfit_waits(draw):
    graph = draw(
        {"x": IMAGE, "linear1": ("linear", {}, "x"), "relu1": ("relu", {}, "linear1"), "y": ("output", {}, "relu1")}
    )
    assert told(graph) == [("misfit", "linear1", "value")]
    assert check(graph).specs.keys() == {"x"}


def test_the_arithmetic_is_shown(draw):
    graph = draw(
        {
            "x": ("input", {"shape": [1, 3, 9]}),
            "conv1": ("conv2d", {"kernel_size": 5}, "x"),
            "y": ("output", {}, "conv1"),
        }
    )
    assert said(graph)[0] == "conv1: kernel 5 is larger than the padded input 3 along height."


def test_nodes_run_as_drawn_where_wires_allow(draw):
    graph = draw({"y": ("output", {}, "b"), "b": ("relu", {}, "a"), "x": IMAGE, "a": ("relu", {}, "x"), "z": IMAGE})
    assert check(graph).order == ("x", "a", "b", "y", "z")


def test_a_circle_is_named_and_what_follows_it_waits(draw):
    graph = draw(
        {"x": IMAGE, "a": ("relu", {}, "c"), "b": ("relu", {}, "a"), "c": ("relu", {}, "b"), "y": ("output", {}, "c")}
    )
    report = check(graph)
    problem = next(problem for problem in report.problems if problem.code == "cycle")
    assert problem.node == "a"
    assert "a → b → c → a" in say(problem.text)
    assert report.order == ("x", "y")


def test_each_circle_is_told(draw):
    graph = draw(
        {"x": IMAGE, "a": ("relu", {}, "a"), "b": ("relu", {}, "c"), "c": ("relu", {}, "b"), "y": ("output", {}, "x")}
    )
    assert [node for code, node, _ in told(graph) if code == "cycle"] == ["a", "b"]


def test_an_empty_drawing_lacks_both_ends():
    assert told(Graph()) == [("no_input", "", ""), ("no_output", "", "")]


def test_nodes_that_no_input_leads_to_are_told(draw):
    graph = draw({**TEXTBOOK, "loose": ("relu", {}), "behind": ("relu", {}, "loose"), "end": ("output", {}, "behind")})
    found = told(graph, MNIST)
    assert {("unreached", "behind", ""), ("unreached", "end", ""), ("missing_wire", "loose", "value")} == set(found)


def test_a_way_without_an_output_is_told_at_its_end(draw):
    graph = draw({**TEXTBOOK, "a": ("relu", {}, "x"), "b": ("relu", {}, "a")})
    assert told(graph, MNIST) == [("unused", "b", "")]


def test_an_unknown_layer_keeps_its_wires_and_is_told(draw):
    graph = draw(TEXTBOOK)
    graph = edits.set_layer(graph, "relu2", Unknown("rotor", '{"speed":3}'))
    assert told(graph, MNIST) == [("unknown_layer", "relu2", "")]


def test_without_columns_nothing_of_the_data_is_a_problem(draw):
    assert check(draw({**TEXTBOOK, "linear2": ("linear", {"out_features": 7}, "relu4")})).ok


@pytest.mark.parametrize(
    ("shape", "codes"),
    [((1, 28, 28), []), ((1, 8, 8), []), ((3, 28, 28), ["input_shape"]), ((784,), ["input_shape"])],
)
def test_images_scale_in_height_and_width_alone(draw, shape, codes):
    columns = (Column("image", shape, "float32"), MNIST[1])
    assert [code for code, _, _ in told(draw(TEXTBOOK), columns)] == codes


@pytest.mark.parametrize(
    ("loss", "features", "target", "code"),
    [
        ("cross_entropy", 10, Column("label", (), "int64", tuple("0123456789")), None),
        ("cross_entropy", 10, Column("label", (1,), "int64", tuple("0123456789")), None),
        ("cross_entropy", 10, Column("label", (), "int64"), None),
        ("cross_entropy", 10, Column("label", (), "int64", ("no", "yes")), "class_count"),
        ("cross_entropy", 1, Column("label", (), "int64", ("no", "yes")), "class_count"),
        ("cross_entropy", 10, Column("label", (10,), "float32"), None),
        ("cross_entropy", 10, Column("label", (), "float32"), "target_dtype"),
        ("cross_entropy", 10, Column("label", (7,), "int64"), "target_shape"),
        ("binary_cross_entropy", 1, Column("label", (), "int64", ("no", "yes")), None),
        ("binary_cross_entropy", 2, Column("label", (), "int64", ("no", "yes")), None),
        ("binary_cross_entropy", 1, Column("label", (), "int64", ("a", "b", "c")), "class_count"),
        ("mse", 1, Column("label", (), "float32"), None),
        ("l1", 6, Column("label", (1, 2, 3), "float32"), None),
        ("huber", 2, Column("label", (), "float32"), "target_shape"),
    ],
)
def test_loss_and_target_go_together(draw, loss, features, target, code):
    output = ("output", {"loss": loss, "metrics": []}, "linear1")
    row = ("input", {"shape": [4], "column": "row"})
    graph = draw({"x": row, "linear1": ("linear", {"out_features": features}, "x"), "y": output})
    found = told(graph, (Column("row", (4,), "float32"), target))
    assert found == ([(code, "y", "value")] if code else [])


def test_log_softmax_before_cross_entropy_is_only_doubtful(draw):
    nodes = {**TEXTBOOK, "norm": ("log_softmax", {}, "linear2"), "y": ("output", {}, "norm")}
    report = check(draw(nodes), MNIST)
    assert report.ok
    assert [problem.code for problem in report.problems] == ["activation_before_loss"]


def test_a_softmax_is_found_behind_a_dropout_though_no_spec_changes(draw):
    nodes = {**TEXTBOOK, "last": ("relu", {}, "linear2"), "drop": ("dropout", {}, "last"), "y": ("output", {}, "drop")}
    graph, checker = draw(nodes), Checker()
    assert checker.update(graph, MNIST).problems == ()
    graph = edits.set_layer(graph, "last", make_layer("softmax", {}))
    assert [problem.code for problem in checker.update(graph, MNIST).problems] == ["activation_before_loss"]


def test_columns_alone_may_change(draw):
    checker, graph = Checker(), draw(TEXTBOOK)
    assert checker.update(graph, MNIST).ok
    assert not checker.update(graph, (MNIST[0], Column("label", (), "int64", ("a", "b")))).ok
    assert checker.update(graph, ()).ok


def test_a_local_edit_looks_at_one_node(draw, monkeypatch):
    checker, graph = Checker(), draw(TEXTBOOK)
    checker.update(graph, MNIST)
    looked = []
    monkeypatch.setattr(checker, "_look", lambda name, look=checker._look: looked.append(name) or look(name))
    layer = with_parameters(graph.nodes["conv2"].layer, bias=False)
    checker.update(edits.set_layer(graph, "conv2", layer), MNIST)
    assert looked == ["conv2"]


def test_a_report_does_not_change_when_the_checker_goes_on(draw):
    checker, graph = Checker(), draw(TEXTBOOK)
    report = checker.update(graph, MNIST)
    specs, costs = dict(report.specs), dict(report.costs)
    checker.update(edits.remove(graph, ["conv1", "relu1"]), MNIST)
    assert (report.specs, report.costs) == (specs, costs)


def test_two_wires_into_a_single_port_are_one_too_many(draw):
    graph = draw(TEXTBOOK)
    graph = edits.connect(graph, Outlet("relu4", "output"), Inlet("linear2", "value", 1))
    assert told(graph, MNIST) == [("surplus_wire", "linear2", "value")]


def test_a_wire_from_nowhere_is_told(draw):
    graph = draw(TEXTBOOK)
    node = Node(graph.nodes["relu1"].layer, {"value": (Outlet("gone", "output"),)})
    found = told(Graph({**graph.nodes, "relu1": node}), MNIST)
    assert ("lost_source", "relu1", "value") in found


def test_a_node_that_becomes_an_output_gives_no_value_any_more(draw):
    checker, graph = (
        Checker(),
        draw({"x": IMAGE, "a": ("relu", {}, "x"), "b": ("relu", {}, "a"), "y": ("output", {}, "b")}),
    )
    checker.update(graph)
    report = checker.update(edits.set_layer(graph, "a", make_layer("output", {})))
    assert ("lost_output", "b") in [(problem.code, problem.node) for problem in report.problems]
