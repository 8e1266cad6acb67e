"""The built module computes what a user's own class computes, and what the drawing says."""

import json
import subprocess
import sys
import traceback

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from engine.check.checker import check
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import lower

IMAGE = ("input", {"shape": [2, 8, 8]})
SAME = {"out_channels": 2, "padding": "same"}
OUT = ("output", {"loss": "mse"})


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


@pytest.fixture
def built(draw):
    def make(nodes, probe=None):
        graph = draw(nodes)
        return build(print_program(lower(graph, check(graph)), probes=probe is not None), probe)

    return make


class Chain(nn.Module):
    """A user's own."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(2, 4, 3, padding=1)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(4, 3, 5, stride=2)

    def forward(self, image):
        return self.conv2(self.relu1(self.conv1(image)))


CHAIN = {
    "image": IMAGE,
    "conv1": ("conv2d", {"out_channels": 4, "padding": [1, 1]}, "image"),
    "relu1": ("relu", {}, "conv1"),
    "conv2": ("conv2d", {"out_channels": 3, "kernel_size": [5, 5], "stride": [2, 2]}, "relu1"),
    "answer": (*OUT, "conv2"),
}


class Branches(nn.Module):
    """A user's own: two inputs, a skipping branch, two outputs."""

    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(2, 2, 3, padding="same")
        self.right = nn.Conv2d(2, 2, 1, bias=False)

    def forward(self, image, depth):
        left = torch.relu(self.left(image))
        both = torch.cat([left, self.right(depth), image], 1)
        return both, left


BRANCHES = {
    "image": IMAGE,
    "depth": IMAGE,
    "left": ("conv2d", SAME, "image"),
    "relu1": ("relu", {}, "left"),
    "right": ("conv2d", {"out_channels": 2, "kernel_size": [1, 1], "bias": False}, "depth"),
    "both": ("concat", {}, "relu1", "right", "image"),
    "answer": (*OUT, "both"),
    "second": (*OUT, "relu1"),
}


@pytest.mark.parametrize(("nodes", "twin"), [(CHAIN, Chain), (BRANCHES, Branches)])
def test_it_equals_the_class_that_a_user_wrote(built, nodes, twin):
    ours, theirs = built(nodes), twin()
    assert set(ours.state_dict()) == set(theirs.state_dict())
    ours.load_state_dict(theirs.state_dict())
    count = sum(kind == "input" for kind, *_ in nodes.values())
    values = [torch.randn(3, 2, 8, 8) for _ in range(count)]
    torch.testing.assert_close(ours(*values), theirs(*values))


def test_names_of_any_script_work(built):
    module = built({"图像": IMAGE, "卷积1": ("conv2d", SAME, "图像"), "ответ": (*OUT, "卷积1")})
    assert set(module.state_dict()) == {"卷积1.weight", "卷积1.bias"}
    assert module(torch.zeros(1, 2, 8, 8)).shape == (1, 2, 8, 8)


def test_a_network_may_hand_its_input_on(built):
    module = built({"image": IMAGE, "answer": (*OUT, "image")})
    value = torch.randn(1, 2, 8, 8)
    assert module(value) is value


def test_probes_see_and_may_change_each_value(built):
    seen = []

    def probe(node, value):
        seen.append(node)
        return value * 0 if node == "relu1" else value

    module = built(CHAIN, probe)
    answer = module(torch.randn(1, 2, 8, 8))
    assert seen == ["image", "conv1", "relu1", "conv2"]
    torch.testing.assert_close(answer, module.conv2.bias[:, None, None].expand(3, 2, 2)[None])
    assert set(module.state_dict()) == set(Chain().state_dict())


def test_a_probe_is_asked_for_where_the_source_has_probes(draw):
    graph = draw(CHAIN)
    program = lower(graph, check(graph))
    with pytest.raises(ValueError):
        build(print_program(program, probes=True))
    with pytest.raises(ValueError):
        build(print_program(program), lambda node, value: value)


def test_a_traceback_shows_the_printed_line(built):
    with pytest.raises(RuntimeError) as caught:
        built(CHAIN)(torch.zeros(1, 7, 8, 8))
    assert "x = self.conv1(image)" in "".join(traceback.format_exception(caught.value))


def test_the_source_runs_with_torch_alone(draw, tmp_path):
    graph = draw(BRANCHES)
    (tmp_path / "model.py").write_text(print_program(lower(graph, check(graph)), "Mine").text, encoding="utf-8")
    program = (
        "import json, sys, torch, model\n"
        "torch.set_num_threads(1)\n"
        "made = model.Mine()(torch.zeros(2, 2, 8, 8), torch.zeros(2, 2, 8, 8))\n"
        "print(json.dumps([[list(value.shape) for value in made], sorted({m.split('.')[0] for m in sys.modules})]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    shapes, modules = json.loads(done.stdout)
    assert shapes == [[2, 6, 8, 8], [2, 2, 8, 8]]
    assert "engine" not in modules


def test_torch_compile_takes_it_whole(built):
    module = built(BRANCHES)
    values = torch.randn(2, 2, 8, 8), torch.randn(2, 2, 8, 8)
    compiled = torch.compile(module, backend="eager", fullgraph=True)
    torch.testing.assert_close(compiled(*values), module(*values))


@st.composite
def drawings(pick):
    """Random drawings of layers that keep height and width, named so that they meet the chain's own variable."""
    names = pick(st.permutations(["x", "x1", "y", "conv", "F", "sum", "输", "forward1", "nn2", "cat"]))
    inputs, inner = names[: pick(st.integers(1, 2))], names[2 : 2 + pick(st.integers(0, 8))]
    nodes = dict.fromkeys(inputs, IMAGE)
    for name in inner:
        kind = pick(st.sampled_from(["relu", "conv2d", "concat"]))
        sources = [pick(st.sampled_from(list(nodes))) for _ in range(pick(st.integers(1, 3)))]
        parameters = {"conv2d": SAME, "concat": {"dim": pick(st.sampled_from([1, -3]))}}.get(kind, {})
        nodes[name] = (kind, parameters, *(sources if kind == "concat" else sources[:1]))
    ends = pick(st.lists(st.sampled_from(list(nodes)), min_size=1, max_size=3))
    nodes |= {f"answer{number}": (*OUT, end) for number, end in enumerate(ends)}
    return {name: nodes[name] for name in pick(st.permutations(list(nodes)))}


def interpreted(nodes, module, values):
    """What the drawing says, node by node, without any printing; with the module's weights."""

    def value(name):
        if name in values:
            return values[name]
        kind, parameters, *sources = nodes[name]
        came = [value(source) for source in sources]
        if kind == "conv2d":
            part = module.get_submodule(name)
            return nn.functional.conv2d(came[0], part.weight, part.bias, padding="same")
        return {"relu": lambda: came[0].relu(), "concat": lambda: torch.cat(came, parameters.get("dim", 1))}[kind]()

    return [value(sources[0]) for kind, _, *sources in nodes.values() if kind == "output"]


@settings(max_examples=60, deadline=None)
@given(nodes=drawings())
def test_the_source_computes_what_the_drawing_says(draw, nodes):
    torch.set_num_threads(1)
    graph = draw(nodes)
    program = lower(graph, check(graph))
    module = build(print_program(program))
    values = {name: torch.randn(2, 2, 8, 8) for name in program.arguments}
    with torch.no_grad():
        made = module(*values.values())
        wanted = interpreted(nodes, module, values)
    made = made if isinstance(made, tuple) else (made,)
    assert len(made) == len(wanted)
    for ours, theirs in zip(made, wanted, strict=True):
        torch.testing.assert_close(ours, theirs)
