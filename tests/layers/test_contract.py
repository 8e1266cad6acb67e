"""What every layer keeps: its declaration agrees with torch, with the printed source, and with the file."""

import inspect
import itertools
import json
import math
from functools import cache

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from engine.check.checker import check
from engine.graph import Graph, Node, Outlet, spec
from engine.graph.spec import BATCH
from engine.layers import Misfit, catalogue, make_layer, outputs, plain
from engine.layers.mending import mends
from engine.layers.sizes import sample_numel
from engine.lower.build import build
from engine.lower.printer import print_program
from engine.lower.program import lower
from tests.layers.draws import draws, example
from tests.layers.reference import run, sized, submodule, tensors
from tests.layers.restrictions import RESTRICTIONS, restricted

ACCEPTED = 60
ATTEMPTS = 2000

ENDS = ("input", "output", "block_input", "block_output")
LAYERS = [id for id in catalogue() if id not in ENDS]

pytestmark = [
    # A remark of torch's on speed, which says nothing of the result.
    pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths:UserWarning"),
    pytest.mark.filterwarnings("ignore:Initializing zero-element tensors is a no-op:UserWarning"),
]


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)
    torch.manual_seed(0)


@cache
def drawn(id):
    """Draws that `infer` accepts, with what it gives, and draws that it rejects, with the misfit."""
    accepted, rejected = [], []
    for one in itertools.islice(draws(catalogue()[id]), ATTEMPTS):
        if one.layer is None:
            continue
        try:
            accepted.append((one.layer, one.inputs, outputs(one.layer.infer(*one.inputs))))
        except Misfit as misfit:
            rejected.append((one.layer, one.inputs, misfit))
        if len(accepted) >= ACCEPTED and len(rejected) >= ACCEPTED:
            break
    return accepted[:ACCEPTED], rejected[:ACCEPTED]


def torch_gives(layer, inputs, batch, device):
    """Shape and dtype of each output that torch makes of inputs of this batch."""
    with torch.device(device), torch.no_grad():
        call = layer.torch(*sized(inputs, batch))
        module = submodule(call).eval()
        results = run(layer, call, module, tensors(inputs, batch, device))
    return [(tuple(result.shape), str(result.dtype).removeprefix("torch.")) for result in results]


def floating(values):
    return [value for value in values if value is not None and value.is_floating_point()]


def refusal(layer, inputs):
    """Why torch does not take these inputs, forwards and backwards; None and the shape where it does."""
    try:
        torch_gives(layer, inputs, 2, "meta")
        call = layer.torch(*sized(inputs, 2))
        values = tensors(inputs, 2)
        for value in floating(values):
            value.requires_grad_()
        result = run(layer, call, submodule(call), values)[0]
        if result.requires_grad:
            result.sum().backward()
    except (RuntimeError, ValueError, TypeError, IndexError, AssertionError, UserWarning) as error:
        return error, ()
    return None, tuple(result.shape)


@pytest.mark.parametrize("id", LAYERS)
def test_what_infer_accepts_torch_gives(id):
    accepted, _ = drawn(id)
    assert len(accepted) >= 50
    assert len(set(accepted)) >= 20, "the draws hardly differ"
    for layer, inputs, made in accepted:
        for batch, device in ((2, "meta"), (3, "cpu")):
            expected = [(output.shape, output.dtype) for output in sized(made, batch)]
            assert torch_gives(layer, inputs, batch, device) == expected, (layer, inputs)


@pytest.mark.parametrize("id", LAYERS)
def test_what_infer_rejects_torch_rejects_too(id):
    for layer, inputs, misfit in drawn(id)[1]:
        error, shape = refusal(layer, inputs)
        assert error is not None or restricted(layer, inputs, shape), f"{layer} on {inputs}: {misfit}"


@pytest.mark.parametrize("restriction", RESTRICTIONS, ids=lambda restriction: restriction.reason)
def test_a_restriction_is_ours_and_not_torchs(restriction):
    id, parameters, came = restriction.example
    layer, inputs = make_layer(id, parameters), came if isinstance(came, tuple) else (came,)
    with pytest.raises(Misfit):
        layer.infer(*inputs)
    assert restriction.holds(id, layer, inputs)
    assert refusal(layer, inputs)[0] is None


@pytest.mark.parametrize("id", LAYERS)
def test_parameters_that_contradict_each_other_torch_rejects_too(id, monkeypatch):
    cls = catalogue()[id]
    wrong = [one for one in itertools.islice(draws(cls, seed=1), 400) if one.wrong]
    monkeypatch.setattr(cls, "validate", lambda self: None)
    for one in wrong:
        values = {name: tuple(v) if isinstance(v, list) else v for name, v in one.parameters.items()}
        try:
            layer = cls(**values)
        except ValueError:
            continue  # outside its range: the declaration's own business
        error, shape = refusal(layer, one.inputs)
        assert error is not None or 0 in shape, (values, str(one.wrong))


@pytest.mark.parametrize("id", LAYERS)
def test_every_fix_of_a_misfit_mends_it(id):
    for layer, inputs, misfit in drawn(id)[1]:
        for fix in misfit.fixes:
            assert mends(layer, inputs, fix)


@pytest.mark.parametrize("id", LAYERS)
def test_weights_are_torchs(id):
    for layer, inputs, _ in drawn(id)[0]:
        with torch.device("meta"):
            module = submodule(layer.torch(*inputs))
        assert layer.weights(*inputs) == {name: tuple(w.shape) for name, w in module.named_parameters()}, layer


@pytest.mark.parametrize("id", LAYERS)
def test_flops_are_those_that_torch_counts(id):
    for layer, inputs, _ in drawn(id)[0][:25]:
        with torch.device("meta"), FlopCounterMode(display=False) as counter:
            call = layer.torch(*sized(inputs, 2))
            run(layer, call, submodule(call).eval(), tensors(inputs, 2, "meta"))
        assert 2 * layer.flops(*inputs) == counter.get_total_flops(), (layer, inputs)


@pytest.mark.parametrize("id", LAYERS)
def test_gradients_flow_to_weights_and_inputs(id):
    for layer, inputs, _ in drawn(id)[0][:15]:
        call = layer.torch(*inputs)
        module = submodule(call).eval()
        values = tensors(inputs, 3)
        floats = [value.requires_grad_() for value in floating(values)]
        result = run(layer, call, module, values)[0]
        if floats:
            (result * torch.randn_like(result)).sum().backward()
        for weight in (*floats, *(module.parameters() if floats else ())):
            assert weight.grad is not None and torch.isfinite(weight.grad).all(), (layer, inputs)


@pytest.mark.parametrize("id", LAYERS)
def test_the_gradient_of_the_example_is_not_zero(id):
    cls = catalogue()[id]
    layer, inputs = cls(), example(cls)
    call = layer.torch(*inputs)
    module = submodule(call).eval()
    values = [value.requires_grad_() for value in tensors(inputs, 3)]
    result = run(layer, call, module, values)[0]
    (result * torch.randn_like(result)).sum().backward()
    for weight in (*values, *module.parameters()):
        assert weight.grad.abs().max() > 0


def can_enter(value):
    return value.shape[0] == BATCH and value.dtype != "bool"


def drawable(id):
    """Accepted draws that can stand between inputs and an output: these have a batch, and compare float32 alone."""
    return [
        (layer, inputs)
        for layer, inputs, made in drawn(id)[0]
        if made[0].dtype == "float32" and all(value is None or can_enter(value) for value in inputs)
    ]


def drawing(layer, inputs):
    """The layer between input nodes and an output."""
    about = type(layer).about
    names = {place: f"given{place}" for place, value in enumerate(inputs) if value is not None}
    nodes = {name: Node(_input(inputs[place])) for place, name in names.items()}
    sources = {place: Outlet(name, "output") for place, name in names.items()}
    ports = {about.inputs[0].name: tuple(sources.values())} if about.inputs[0].variadic else {}
    ports = ports or {about.inputs[place].name: (source,) for place, source in sources.items()}
    answer = Node(make_layer("output", {"loss": "mse", "metrics": []}), {"value": (Outlet("drawn", "output"),)})
    return Graph({**nodes, "drawn": Node(layer, ports), "answer": answer})


def _input(value):
    return make_layer("input", {"shape": value.shape[1:], "dtype": value.dtype})


def printed(layer, inputs):
    """The source that the layer becomes between inputs and an output, the batch in its place."""
    graph = drawing(layer, inputs)
    report = check(graph)
    return print_program(lower(graph, report))


@pytest.mark.parametrize("id", LAYERS)
def test_the_printed_source_computes_the_same(id):
    for layer, inputs in drawable(id)[:20]:
        call = layer.torch(*inputs)
        module = submodule(call).eval()
        built = build(printed(layer, inputs)).eval()
        if call.kind == "module":
            built.get_submodule("drawn").load_state_dict(module.state_dict())
        values = tensors(inputs, 3)
        with torch.no_grad():
            given = [value for value in values if value is not None]
            expected = run(layer, call, module, values, wanted=False)[0]
            assert torch.equal(built(*given), expected), (layer, inputs)


@pytest.mark.parametrize("id", catalogue())
def test_a_layer_comes_back_from_its_plain_form(id):
    for one in itertools.islice(draws(catalogue()[id]), 200):
        if one.layer is not None:
            text = json.dumps(plain(one.layer))
            again = make_layer(id, json.loads(text))
            assert again == one.layer and hash(again) == hash(one.layer) and json.dumps(plain(again)) == text


@pytest.mark.parametrize("id", catalogue())
def test_a_layer_says_what_it_is(id):
    about = catalogue()[id].about
    assert about.id == id and about.stem.isidentifier() and not about.stem[-1].isdigit()
    assert len(about.also) >= 3 and any(not word.isascii() for word in about.also), "search words, Chinese among them"
    assert len(set(about.also)) == len(about.also)
    assert about.summary.endswith(".") and ("shape" in about.summary or "(N" in about.summary or id in ENDS)
    for parameter in about.parameters:
        assert parameter.help.endswith("."), f"{parameter.name} needs help"
        assert parameter.name not in ("type", "in", "label")
        assert make_layer(id, {parameter.name: plain_value(parameter.default)}) == catalogue()[id]()


def plain_value(value):
    return list(value) if isinstance(value, tuple) else value


LEFT_OUT = {"device", "dtype", "inplace", "return_indices"}
FROM_INPUT = {"in_channels", "in_features", "num_features", "num_channels", "embed_dim", "kdim", "vdim"}
ONE_CHOICE = {
    ("conv_transpose2d", "padding_mode"): "torch takes “zeros” alone",
    ("multi_head_attention", "batch_first"): "the batch is always first",
}
OURS = {
    "softmax": {"dim"},  # torch guesses it where it is not given, and warns
    "log_softmax": {"dim"},
    "upsample": {"scale_factor"},  # torch needs it or a size
    "group_norm": {"num_groups"},
    "layer_norm": {"normalized_shape"},
}


@pytest.mark.parametrize("id", [id for id in LAYERS if hasattr(nn, catalogue()[id].about.title)])
def test_parameters_are_torchs_with_torchs_defaults(id):
    about = catalogue()[id].about
    torchs = inspect.signature(getattr(nn, about.title).__init__).parameters
    names = [n for n, p in torchs.items() if n != "self" and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    wanted = [n for n in names if n not in LEFT_OUT | FROM_INPUT and (id, n) not in ONE_CHOICE]
    ours = {parameter.name: parameter.default for parameter in about.parameters}
    assert set(ours) == set(wanted)
    for name, default in ours.items():
        theirs = torchs[name].default
        if theirs is not inspect.Parameter.empty and name not in OURS.get(id, ()):
            assert set(default) == {theirs} if isinstance(default, tuple) else default == theirs, name


@pytest.mark.parametrize("id", [id for id in LAYERS if hasattr(nn, catalogue()[id].about.title)])
def test_an_argument_that_is_left_out_has_torchs_default(id):
    """Where uses of a block differ in it, it is printed after all: with our default, which must be torch's."""
    torchs = inspect.signature(getattr(nn, catalogue()[id].about.title).__init__).parameters
    for layer, inputs, _ in drawn(id)[0]:
        call = layer.torch(*inputs)
        for parameter in type(layer).about.parameters:
            name = parameter.name
            if name in dict(call.named) or name not in torchs or call.kind != "module":
                continue
            default = torchs[name].default
            ours = set(parameter.default) if isinstance(parameter.default, tuple) else {parameter.default}
            assert (ours == {default}) != (name in layer.own_defaults), name


def test_the_numbers_of_a_sample_are_multiplied_without_its_batch():
    assert sample_numel(spec("N", 3, 4)) == math.prod((3, 4))
    assert sample_numel(catalogue()["flatten"](start_dim=0).infer(spec("N", 3, 4))) == 12
