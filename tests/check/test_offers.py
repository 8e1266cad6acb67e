"""Every fix that is offered does what it says: its problem goes, and no error comes."""

import re
import typing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import engine.check
from engine.check.checker import check
from engine.check.fixes import apply_fix
from engine.check.known import Key, key
from engine.check.offers import MOST_PROBLEMS
from engine.check.report import Column, Problem, Report
from engine.check.trial import WIRING
from engine.graph import Fix, Graph, InsertLayer, Node, Outlet, RemoveNode, Replace, SetParameter, Spec, edits
from engine.layers import Layer, Misfit, make_layer
from engine.layers.catalogue import Unknown
from engine.layers.relu import ReLU
from engine.text import Text, say, text
from tests.check.drawings import broken, chains, columns

DIGITS = (Column("image", (1, 8, 8), "float32"), Column("label", (), "int64", tuple("0123456789")))
HOUSES = (Column("row", (4,), "float32"), Column("price", (), "float32"), Column("pair", (2,), "float32"))


class Unportable(ReLU, frozen=True, cache_hash=True):
    """A layer that ONNX cannot carry."""

    def onnx_limit(self, value: Spec) -> Text | None:
        return text("it knows no such thing.")


class Doubtful(ReLU, frozen=True, cache_hash=True):
    """A layer that a person should be warned of."""

    def doubt(self, value: Spec) -> Text | None:
        return text("it may not do what is wanted.")


def errors(report: Report) -> set[Key]:
    return {key(problem) for problem in report.problems if problem.severity == "error"}


def waited(report: Report, graph: Graph[Layer], name: str) -> bool:
    """Whether a node could not be judged, since what comes in was not known."""
    judged = any(p.node == name and p.code in ("misfit", "unknown_layer") for p in report.problems)
    return name in graph.nodes and name not in report.specs and not judged


def assert_mends(graph: Graph[Layer], before: Report, problem: Problem, fix: Any, known: tuple[Column, ...]) -> None:
    """The problem is gone; errors that were not told before are at nodes that could not be judged before."""
    after = check(apply_fix(graph, fix), known)
    assert key(problem) not in {key(found) for found in after.problems}
    for code, node, port in errors(after) - errors(before):
        assert code not in WIRING, (code, node, port)
        assert node != problem.node
        assert waited(before, graph, node)


@settings(max_examples=300, deadline=None)
@given(st.one_of(broken(), chains()), columns)
def test_every_fix_of_any_drawing_mends(graph, known):
    report = check(graph, known)
    for problem in report.problems:
        for suggestion in problem.fixes:
            assert_mends(graph, report, problem, suggestion.fix, known)


def wired(nodes: dict[str, tuple[Any, ...]]) -> Graph[Layer]:
    """{"relu1": ("relu", {}, {"value": ["x"]})}: type, parameters, and the sources of each port."""
    made: dict[str, Node[Layer]] = {}
    for name, (kind, parameters, *ports) in nodes.items():
        layer = Unknown(kind, "{}") if kind == "rotor" else make_layer(kind, parameters)
        inputs = {
            port: tuple(Outlet(*source.split(".")) for source in sources)
            for port, sources in (ports or [{}])[0].items()
        }
        made[name] = Node(layer, inputs)
    return Graph(made)


def image_net(**changed: tuple[Any, ...]) -> Graph[Layer]:
    """A sound network on digits, with some nodes other than they should be."""
    sound: dict[str, tuple[Any, ...]] = {
        "x": ("input", {"shape": [1, 8, 8]}),
        "conv1": ("conv2d", {"out_channels": 4}, {"image": ["x.output"]}),
        "relu1": ("relu", {}, {"value": ["conv1.output"]}),
        "flatten1": ("flatten", {}, {"value": ["relu1.output"]}),
        "linear1": ("linear", {"out_features": 10}, {"value": ["flatten1.output"]}),
        "y": ("output", {}, {"value": ["linear1.output"]}),
    }
    return wired(sound | changed)


def table_net(output: dict[str, Any], features: int = 1, source: str = "linear1") -> Graph[Layer]:
    """A sound network on a table, with some output."""
    return wired(
        {
            "x": ("input", {"shape": [4], "column": "row"}),
            "linear1": ("linear", {"out_features": features}, {"value": ["x.output"]}),
            "relu1": ("relu", {}, {"value": ["linear1.output"]}),
            "sigmoid1": ("sigmoid", {}, {"value": ["relu1.output"]}),
            "y": ("output", output, {"value": [f"{source}.output"]}),
        }
    )


MSE = {"loss": "mse", "metrics": ["mae"], "target": "price"}

# code: the drawing, what is known of the data, a title that must be among the fixes (none: none can be offered)
CASES: dict[str, tuple[Graph[Layer], tuple[Column, ...], str]] = {
    "no_input": (wired({}), DIGITS, "Add input"),
    "no_output": (edits.remove(image_net(), ["y"]), DIGITS, "Add output after linear1"),
    "cycle": (
        image_net(
            relu1=("concat", {}, {"parts": ["conv1.output", "relu2.output"]}),
            relu2=("relu", {}, {"value": ["relu1.output"]}),
        ),
        DIGITS,
        "Remove the wire from relu2",
    ),
    "unreached": (
        image_net(relu2=("relu", {}), relu3=("relu", {}, {"value": ["relu2.output"]})),
        DIGITS,
        "",
    ),
    "unused": (image_net(relu2=("relu", {}, {"value": ["conv1.output"]})), DIGITS, "Remove relu2"),
    "missing_wire": (image_net(linear1=("linear", {"out_features": 10})), DIGITS, "Connect flatten1"),
    "surplus_wire": (
        image_net(y=("output", {}, {"value": ["linear1.output", "flatten1.output"]})),
        DIGITS,
        "Remove the wire from flatten1",
    ),
    "unknown_port": (
        image_net(y=("output", {}, {"value": ["linear1.output"], "mask": ["relu1.output"]})),
        DIGITS,
        "Remove the wire from relu1",
    ),
    "lost_source": (image_net(y=("output", {}, {"value": ["gone.output"]})), DIGITS, "Connect linear1"),
    "lost_output": (image_net(y=("output", {}, {"value": ["linear1.hidden"]})), DIGITS, "Connect linear1"),
    "unknown_layer": (image_net(relu1=("rotor", {}, {"value": ["conv1.output"]})), DIGITS, "Remove relu1"),
    "misfit": (
        image_net(conv1=("conv2d", {"groups": 4, "out_channels": 4}, {"image": ["x.output"]})),
        DIGITS,
        "Set groups to 1",
    ),
    "onnx": (edits.set_layer(image_net(), "relu1", Unportable()), DIGITS, ""),
    "doubt": (edits.set_layer(image_net(), "relu1", Doubtful()), DIGITS, ""),
    "misplaced": (image_net(x=("block_input", {"shape": [1, 8, 8]})), DIGITS, "Replace by input"),
    "no_column": (image_net(x=("input", {"shape": [1, 8, 8], "column": "picture"})), DIGITS, "Set column to image"),
    "input_dtype": (
        wired({"x": ("input", {"shape": [1, 8, 8], "dtype": "int64"}), "y": ("output", {}, {"value": ["x.output"]})}),
        DIGITS[:1],
        "Set dtype to float32",
    ),
    "input_shape": (image_net(x=("input", {"shape": [3, 8, 8]})), DIGITS, "Set shape to 1 × 8 × 8"),
    "loss_dtype": (
        wired({"x": ("input", {"shape": [4], "dtype": "int64"}), "y": ("output", {}, {"value": ["x.output"]})}),
        (),
        "",
    ),
    "loss_shape": (
        wired({"x": ("input", {"shape": []}), "y": ("output", {}, {"value": ["x.output"]})}),
        (),
        "",
    ),
    "class_count": (
        image_net(linear1=("linear", {"out_features": 7}, {"value": ["flatten1.output"]})),
        DIGITS,
        "Set out_features of linear1 to 10",
    ),
    "target_dtype": (table_net({"target": "price"}), HOUSES, "Set loss to mse"),
    "target_shape": (table_net({**MSE, "target": "pair"}, 3), HOUSES, "Set out_features of linear1 to 2"),
    "metrics": (table_net({"loss": "mse", "target": "price"}), HOUSES, "Set metrics to mae"),
    "activation_before_loss": (
        table_net({"loss": "binary_cross_entropy", "target": "price"}, source="sigmoid1"),
        HOUSES,
        "Remove sigmoid1",
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_the_problem_is_found_and_its_fixes_mend(code):
    graph, known, title = CASES[code]
    report = check(graph, known)
    problem = next(problem for problem in report.problems if problem.code == code)
    assert (title == "") == (problem.fixes == ())
    assert title in [say(fix.title) for fix in problem.fixes] or not title
    for suggestion in problem.fixes:
        assert_mends(graph, report, problem, suggestion.fix, known)


def codes_in_source() -> set[str]:
    """What stands first in a call that makes a problem."""
    sources = [path.read_text() for path in Path(engine.check.__file__).parent.glob("*.py")]
    calls = re.compile(r'(?:Problem\(|_problem\(answer,)\s*"(\w+)"')
    return {code for source in sources for code in calls.findall(source)}


def test_every_code_has_a_case():
    assert codes_in_source() == set(CASES)


def test_every_kind_of_fix_is_among_the_cases():
    found = {
        type(fix.fix) for graph, known, _ in CASES.values() for p in check(graph, known).problems for fix in p.fixes
    }
    assert found == set(typing.get_args(Fix))


class Picky(ReLU, frozen=True, cache_hash=True):
    """A layer that takes nothing and proposes whatever comes to mind."""

    def infer(self, value: Spec) -> Spec:
        fixes = (
            SetParameter("speed", 3),
            InsertLayer("relu", "value"),
            Replace("output"),
            Replace("tanh"),
            RemoveNode(),
        )
        raise Misfit("value", text("it does not want to."), fixes)


def test_only_what_mends_is_offered():
    graph = edits.set_layer(image_net(), "relu1", Picky())
    problem = check(graph).problems[0]
    assert say(problem.text) == "relu1: it does not want to."
    assert [say(fix.title) for fix in problem.fixes] == ["Replace by tanh", "Remove relu1"]


def test_a_badly_broken_drawing_gets_fixes_for_its_first_problems():
    broken_nodes = {f"l{n}": ("linear", {}, {"value": ["x.output"]}) for n in range(2 * MOST_PROBLEMS)}
    misfits = [problem for problem in check(image_net(**broken_nodes)).problems if problem.code == "misfit"]
    assert [bool(problem.fixes) for problem in misfits] == [n < MOST_PROBLEMS for n in range(2 * MOST_PROBLEMS)]


def test_what_comes_to_light_behind_a_fix_does_not_speak_against_it():
    """Flatten mends the first linear layer; the convolution behind it could not be judged before."""
    graph = image_net(
        linear0=("linear", {}, {"value": ["x.output"]}), conv1=("conv2d", {}, {"image": ["linear0.output"]})
    )
    problem = check(graph, DIGITS).problems[0]
    assert [say(fix.title) for fix in problem.fixes] == ["Insert flatten"]
    after = check(apply_fix(graph, problem.fixes[0].fix), DIGITS)
    assert [(problem.code, problem.node) for problem in after.problems] == [("misfit", "conv1")]
