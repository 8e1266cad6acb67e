"""However a drawing is grouped into blocks, what is printed computes the same."""

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.blocks import edits as block_edits
from engine.check.checker import check
from engine.check.whole import ENDS
from engine.lower.build import build
from engine.lower.paths import all_steps, weight_at
from engine.lower.printer import print_program
from engine.lower.program import lower
from engine.project.project import Project
from tests.blocks.builders import graph, node

NAMES = ["x", "x1", "y", "conv", "F", "sum", "输", "link", "nn2", "cat", "out", "value"]
BLOCKS = ["linear", "F", "x", "Network", "my_block"]

SPANS = st.tuples(st.integers(0, 6), st.integers(1, 6))


@st.composite
def drawings(pick):
    """Random drawings of layers that keep height and width, and groupings of them, some within others."""
    names = pick(st.permutations(NAMES))
    inputs, inner = names[: pick(st.integers(1, 2))], names[2 : 3 + pick(st.integers(0, 8))]
    nodes = {name: node("input", shape=[2, 4, 4]) for name in inputs}
    for name in inner:
        kind = pick(st.sampled_from(["relu", "conv2d", "add", "multiply"]))
        several = pick(st.integers(1, 3)) if kind in ("add", "multiply") else 1
        parameters = {"out_channels": 2, "padding": 1} if kind == "conv2d" else {}
        sources = [pick(st.sampled_from(list(nodes))) for _ in range(several)]
        nodes[name] = node(kind, *sources, **parameters)
    ends = pick(st.lists(st.sampled_from(list(nodes)), min_size=1, max_size=3))
    nodes |= {f"answer{n}": node("output", end, loss="mse", metrics=[]) for n, end in enumerate(ends)}
    return graph(**nodes), pick(st.lists(SPANS, min_size=1, max_size=4))


def grouped(drawn, spans):
    """The drawing with nodes that run one after the other made blocks: (the first, how many)."""
    project = Project({"main": drawn})
    for (first, count), name in zip(spans, BLOCKS, strict=False):
        report, nodes = check(project.graph), project.graph.nodes
        inner = [name for name in report.order if not isinstance(nodes[name].layer, ENDS)]
        chosen = inner[first % len(inner) :][:count]
        found, graph, _ = block_edits.group(project, project.graph, chosen, name, report)
        project = found.with_graph(graph)
    return project.graph


def module_of(drawn, probe=None):
    report = check(drawn)
    assert report.ok
    program = lower(drawn, report)
    return build(print_program(program, probes=probe is not None), probe), program


@settings(max_examples=120, deadline=None)
@given(given=drawings())
def test_a_grouped_drawing_computes_what_the_drawing_does(given):
    torch.set_num_threads(1)
    flat, groupings = given
    packed = grouped(flat, groupings)
    theirs, program = module_of(flat)
    seen = {}
    ours, inner = module_of(packed)
    probed, _ = module_of(packed, lambda node, value: seen.setdefault(node, value))
    flat_keys = {key: flat_key(inner, key) for key in ours.state_dict()}
    assert theirs.state_dict().keys() <= set(flat_keys.values())
    state = {key: theirs.state_dict().get(flat_keys[key], weight) for key, weight in ours.state_dict().items()}
    ours.load_state_dict(state)
    probed.load_state_dict(state)
    values = {name: torch.randn(2, 2, 4, 4) for name in inner.arguments}
    wanted = theirs(*(values[name] for name in program.arguments))
    came, other = ours(*values.values()), probed(*values.values())
    for one, same, again in zip(*map(as_tuple, (wanted, came, other)), strict=True):
        assert torch.equal(one, same) and torch.equal(one, again)
    assert {found.path for found in all_steps(inner)} <= seen.keys()


def flat_key(program, key):
    """The key that a weight has where nothing is grouped; of an output of a block that nothing takes, none."""
    path, weight = weight_at(program, key)
    return f"{path.rpartition('/')[2]}.{weight}"


def as_tuple(values):
    return values if isinstance(values, tuple) else (values,)
