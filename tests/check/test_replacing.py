"""A layer in the place of another: what is kept, what is offered."""

from engine.check.checker import check
from engine.check.fixes import replaced
from engine.check.replacing import layers_instead
from engine.graph import Graph, Outlet, edits
from engine.layers import Layer, make_layer, plain, with_parameters
from engine.project.starters import make_starter
from tests.conftest import Draw


def textbook() -> Graph[Layer]:
    return make_starter("mnist-cnn").graph


def test_wires_and_what_both_have_are_kept() -> None:
    graph = textbook()
    graph = edits.set_layer(graph, "pool1", with_parameters(graph.nodes["pool1"].layer, kernel_size=3, dilation=2))
    after = replaced(graph, "pool1", make_layer("avg_pool2d", {}))
    assert plain(after.nodes["pool1"].layer) == {"kernel_size": (3, 3)}
    assert list(after.wires()) == list(graph.wires())
    assert check(after).ok


def test_what_is_given_goes_before_what_is_kept() -> None:
    after = replaced(textbook(), "conv2", make_layer("conv_transpose2d", {"out_channels": 5}))
    assert plain(after.nodes["conv2"].layer) == {"out_channels": 5}
    again = replaced(after, "conv2", make_layer("conv2d", {"kernel_size": 5}))
    assert plain(again.nodes["conv2"].layer) == {"out_channels": 5, "kernel_size": (5, 5)}


def test_ports_of_another_name_keep_their_wires(draw: Draw) -> None:
    graph = draw({"a": ("input", {}), "b": ("input", {}), "both": ("add", {}, "a", "b"), "after": ("relu", {}, "both")})
    after = replaced(graph, "both", make_layer("concat", {}))
    (port,) = after.nodes["both"].inputs
    assert after.nodes["both"].inputs[port] == (Outlet("a", "output"), Outlet("b", "output"))
    assert check(after).specs["after"]


def test_what_is_offered_takes_what_comes_in() -> None:
    graph = textbook()
    report = check(graph)
    for names in (["pool1"], ["relu1", "relu2"], ["linear1"], ["conv1", "conv2", "conv3"], ["output1"], ["image"]):
        names = [name for name in names if name in graph.nodes]
        offered = layers_instead(graph, report, names)
        for kind in offered:
            after = graph
            for name in names:
                after = replaced(after, name, make_layer(kind, {}))
            at = {problem.node for problem in check(after).problems if problem.code in ("misfit", "missing_wire")}
            assert not at & set(names[:1]), kind


def test_the_family_comes_first_and_the_layer_itself_not_at_all() -> None:
    offered = layers_instead(textbook(), check(textbook()), ["pool1"])
    assert "max_pool2d" not in offered
    assert offered[0].startswith(("adaptive_", "avg_", "global_"))
    assert "conv1d" not in offered and "output" not in offered and "batch_norm2d" in offered


def test_a_thousand_layers_are_answered_from_a_few(draw: Draw) -> None:
    nodes = {"image": ("input", {})}
    nodes |= {f"relu{n}": ("relu", {}, "image") for n in range(1000)}
    graph = draw(nodes)
    assert "gelu" in layers_instead(graph, check(graph), [name for name in graph.nodes if name != "image"])
