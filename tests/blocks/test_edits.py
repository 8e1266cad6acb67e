"""Edits of a project's blocks: one definition, all its instances."""

import time

import pytest
from msgspec.structs import replace

from engine.blocks import Block, BlockLayer, Lifted, Target, block_layer, inside
from engine.blocks import edits as block_edits
from engine.blocks.lifting import parameter_fault
from engine.check.checker import check
from engine.graph import Graph, Node, edits, spec
from engine.layers import make_layer, with_parameters
from engine.project.project import Project
from engine.text import Failure
from tests.blocks.builders import graph, net, node, outlet, project, residual


def nested() -> Project:
    """A network of a block that uses another."""
    inner = residual()
    layer = block_layer("residual", inner)(channels=8)
    outer = Block(graph(x=node("block_input", shape=[8, 8, 8]), one=node(layer, "x"), y=node("block_output", "one")))
    drawn = graph(
        image=node("input", shape=[8, 8, 8]),
        first=node(block_layer("outer", outer)(repeat=2), "image"),
        second=node(layer, "first"),
        answer=node("output", "second", loss="mse", metrics=[]),
    )
    return Project({"main": drawn, "critic": net(layer)}, {"residual": inner, "outer": outer})


def assert_in_line(found: Project) -> None:
    """Every instance is made of the definition that its block has, and blocks come after those that they use."""
    known: list[str] = []
    for name, block in found.blocks.items():
        assert set(block_edits.used_blocks(block.graph)) <= set(known)
        known.append(name)
    for drawn in (*found.networks.values(), *(block.graph for block in found.blocks.values())):
        for one in drawn.nodes.values():
            if isinstance(one.layer, BlockLayer):
                assert type(one.layer) is block_layer(one.layer.name, found.blocks[one.layer.name])


def with_relu_gone(block: Block) -> Block:
    return replace(block, graph=edits.remove(block.graph, ["relu1"]))


def test_another_definition_changes_every_instance_in_networks_and_blocks():
    before = nested()
    after = block_edits.with_block(before, "residual", with_relu_gone(before.blocks["residual"]))
    assert_in_line(after)
    assert list(after.blocks) == ["residual", "outer"]
    for name in ("main", "critic"):
        was, now = check(before.networks[name]), check(after.networks[name])
        assert now.ok and now.total.activation_bytes < was.total.activation_bytes
    outer = after.graph.nodes["first"].layer
    assert outer.repeat == 2
    (found, _) = inside(outer, spec("N", 8, 8, 8))
    assert "relu1" not in found.graph.nodes["one"].layer.block.graph.nodes


def test_what_is_not_touched_stays_the_same_object():
    before = nested()
    other = block_edits.with_block(before, "spare", residual(channels=4))
    assert other.graph is before.graph and other.blocks["outer"] is before.blocks["outer"]
    assert list(other.blocks) == ["residual", "outer", "spare"]


def test_instances_keep_values_that_are_still_there():
    before = project(residual(), channels=4)
    before = before.with_graph(
        edits.set_layer(before.graph, "block1", block_layer("residual", residual())(repeat=3, channels=4))
    )
    widened = block_edits.lift(before, "residual", "conv1", "bias")
    assert widened.graph.nodes["block1"].layer.channels == 4
    assert (widened.graph.nodes["block1"].layer.repeat, widened.graph.nodes["block1"].layer.bias) == (3, False)
    narrowed = block_edits.unlift(widened, "residual", "channels")
    layer = narrowed.graph.nodes["block1"].layer
    assert [parameter.name for parameter in layer.about.parameters] == ["repeat", "bias"] and layer.repeat == 3


def test_a_renamed_port_takes_its_wires_along():
    before = nested()
    renamed = edits.rename(before.blocks["residual"].graph, "x", "image")
    after = block_edits.with_block(before, "residual", replace(before.blocks["residual"], graph=renamed))
    assert after.graph.nodes["second"].inputs == {"image": (outlet("first"),)}
    assert after.blocks["outer"].graph.nodes["one"].inputs == {"image": (outlet("x"),)}
    assert check(after.graph).ok


def test_a_second_output_gives_the_first_its_own_name():
    before = nested()
    drawn = before.blocks["residual"].graph
    wider = replace(drawn, nodes={**drawn.nodes, "early": node("block_output", "conv1")})
    after = block_edits.with_block(before, "residual", replace(before.blocks["residual"], graph=wider))
    assert after.graph.nodes["answer"].inputs == {"value": (outlet("second.y"),)}
    assert after.blocks["outer"].graph.nodes["y"].inputs == {"value": (outlet("one.y"),)}
    assert check(after.networks["critic"]).specs["block1"] == (spec("N", 8, 8, 8),) * 2
    again = block_edits.with_block(after, "residual", before.blocks["residual"])
    assert again == before


def test_a_wire_of_a_port_that_is_gone_is_kept_and_told():
    before = project(residual())
    without = edits.remove(before.blocks["residual"].graph, ["x"], heal=False)
    after = block_edits.with_block(before, "residual", replace(before.blocks["residual"], graph=without))
    codes = {problem.code for problem in check(after.graph).problems}
    assert "unknown_port" in codes and after.graph.nodes["block1"].inputs == {"x": (outlet("image"),)}


def test_what_is_lifted_follows_a_rename_and_goes_with_its_node():
    before = project(residual())
    renamed = edits.rename(before.blocks["residual"].graph, "conv1", "filter1")
    after = block_edits.with_block(before, "residual", replace(before.blocks["residual"], graph=renamed))
    assert after.blocks["residual"].parameters[0].targets == (Target("filter1", "out_channels"),)
    gone = edits.remove(renamed, ["filter1"])
    bare = block_edits.with_block(after, "residual", replace(after.blocks["residual"], graph=gone))
    assert bare.blocks["residual"].parameters == ()
    (added,) = [edits.add(gone, "filter1", make_layer("relu", {}))]
    other = replace(after.blocks["residual"], graph=added)
    assert block_edits.with_block(after, "residual", other).blocks["residual"].parameters == ()


def test_a_block_cannot_contain_itself():
    before = nested()
    drawn = edits.add(before.blocks["residual"].graph, "again", type(before.graph.nodes["first"].layer)())
    with pytest.raises(Failure, match=r"cannot contain itself: .*residual.*outer"):
        block_edits.with_block(before, "residual", replace(before.blocks["residual"], graph=drawn))
    with pytest.raises(Failure, match="cannot contain itself"):
        block_edits.with_block(
            before,
            "residual",
            Block(edits.add(residual().graph, "again", block_layer("residual", before.blocks["residual"])())),
        )


def test_a_block_may_come_to_use_one_that_stood_after_it():
    before = project(residual())
    before = block_edits.with_block(before, "later", residual(channels=4))
    layer = block_layer("later", before.blocks["later"])()
    drawn = edits.add(before.blocks["residual"].graph, "more", layer)
    after = block_edits.with_block(before, "residual", replace(before.blocks["residual"], graph=drawn))
    assert list(after.blocks) == ["later", "residual"]
    assert_in_line(after)


def test_a_block_is_renamed_everywhere():
    after = block_edits.rename_block(nested(), "residual", "step")
    assert_in_line(after)
    assert list(after.blocks) == ["step", "outer"] and after.graph.nodes["second"].layer.about.title == "Step"
    assert block_edits.users(after, "step") == (("main", "second"), ("critic", "block1"), ("outer", "one"))
    assert block_edits.rename_block(after, "step", "residual") == nested()


@pytest.mark.parametrize("name", ["outer", "class", "forward", "1st", "a b", ""])
def test_a_name_that_a_block_cannot_have_is_refused(name):
    with pytest.raises(Failure):
        block_edits.rename_block(nested(), "residual", name)


def test_only_a_block_that_nobody_uses_is_removed():
    with pytest.raises(Failure, match="second in main is one"):
        block_edits.remove_block(nested(), "residual")
    more, copy = block_edits.duplicate_block(nested(), "residual")
    assert (copy, list(more.blocks)) == ("residual1", ["residual", "residual1", "outer"])
    assert block_edits.remove_block(more, copy) == nested()


def test_an_instance_gets_a_block_of_its_own():
    before = nested()
    after, drawn, name = block_edits.make_unique(before, before.graph, "second")
    after = after.with_graph(drawn)
    assert name == "residual1" and after.graph.nodes["second"].layer.name == name
    assert after.graph.nodes["second"].inputs == before.graph.nodes["second"].inputs
    changed = block_edits.with_block(after, name, with_relu_gone(after.blocks[name]))
    assert_in_line(changed)
    assert changed.blocks["residual"] == before.blocks["residual"]


def test_lifting_adds_to_the_face_and_to_what_is_there():
    drawn = graph(
        x=node("block_input", shape=[8, 8, 8]),
        conv1=node("conv2d", "x", out_channels=4, padding="same"),
        conv2=node("conv2d", "conv1", out_channels=16, padding="same"),
        y=node("block_output", "conv2"),
    )
    before = project(Block(drawn), name="pair")
    once = block_edits.lift(before, "pair", "conv1", "out_channels", "width")
    twice = block_edits.lift(once, "pair", "conv2", "out_channels", "width", times=4)
    (lifted,) = twice.blocks["pair"].parameters
    assert lifted.default == 4 and lifted.targets == (
        Target("conv1", "out_channels"),
        Target("conv2", "out_channels", 4),
    )
    assert check(twice.graph).specs["block1"] == (spec("N", 16, 8, 8),)
    half = block_edits.unlift(twice, "pair", "width", Target("conv2", "out_channels"))
    assert half.blocks["pair"].parameters[0].targets == (Target("conv1", "out_channels"),)
    assert block_edits.unlift(once, "pair", "width") == before
    assert block_edits.rename_lifted(twice, "pair", "width", "size").graph.nodes["block1"].layer.size == 4


@pytest.mark.parametrize(
    ("target", "name", "sentence"),
    [
        (("conv1", "depth"), "depth", "conv1 has no parameter “depth”"),
        (("conv1", "out_channels"), "other", "set by “channels” already"),
        (("conv1", "bias"), "channels", "of another kind"),
        (("conv1", "bias"), "repeat", "a meaning of its own"),
        (("conv1", "bias"), "weights", "a meaning of its own"),
        (("conv1", "bias"), "in", "a meaning of its own"),
        (("conv1", "bias"), "about", "a meaning of its own"),
        (("conv1", "bias"), "depth", "a meaning of its own"),
        (("conv1", "bias"), "example", "a meaning of its own"),
        (("conv1", "bias"), "a b", "cannot be a name"),
    ],
)
def test_what_cannot_be_lifted_is_refused(target, name, sentence):
    with pytest.raises(Failure, match=sentence):
        block_edits.lift(project(residual()), "residual", *target, name)


def test_a_drawing_from_elsewhere_brings_its_blocks():
    piece = nested().graph
    empty = Project()
    found, drawn = block_edits.adopt(empty, piece)
    assert found.with_graph(drawn).blocks == nested().blocks and drawn is piece
    again, same = block_edits.adopt(found, piece)
    assert again is found and same is piece


def test_a_block_of_the_same_name_in_another_form_gets_another_name():
    ours = project(residual(channels=4), channels=4)
    found, drawn = block_edits.adopt(ours, nested().graph)
    assert list(found.blocks) == ["residual", "residual1", "outer"]
    assert drawn.nodes["second"].layer.name == "residual1"
    assert_in_line(found.with_graph(drawn))
    again, twice = block_edits.adopt(found, nested().graph)
    assert list(again.blocks) == list(found.blocks) and twice == drawn
    kept, redrawn = block_edits.adopt(ours, net(block_layer("residual", residual())()), ours=True)
    assert kept is ours and type(redrawn.nodes["block1"].layer) is type(ours.graph.nodes["block1"].layer)


def test_a_thousand_instances_change_in_little_more_time_than_they_are_looked_at():
    block = residual()
    layer = block_layer("residual", block)()
    nodes = {"image": node("input", shape=[8, 8, 8])}
    for number in range(1000):
        nodes[f"block{number}"] = Node(layer, {"x": (outlet(list(nodes)[-1]),)})
    before = Project({"main": Graph(nodes)}, {"residual": block})
    start = time.perf_counter()
    after = block_edits.with_block(before, "residual", with_relu_gone(block))
    assert time.perf_counter() - start < 0.5
    assert sum(isinstance(one.layer, BlockLayer) for one in after.graph.nodes.values()) == 1000
    assert_in_line(after)


def test_a_lifted_parameter_gets_another_default_and_instances_at_it_follow():
    before = project(residual())
    lifted = Lifted("channels", (Target("conv1", "out_channels"),), 16, "More.")
    after = block_edits.set_lifted(before, "residual", lifted)
    assert after.graph.nodes["block1"].layer.channels == 16


def lifted_twice() -> Project:
    """A block whose face sets what is on the face of a block inside."""
    found = nested()
    outer = replace(found.blocks["outer"], parameters=(Lifted("width", (Target("one", "channels"),), 8),))
    return block_edits.with_block(found, "outer", outer)


def test_what_is_lifted_from_a_block_inside_follows_its_face():
    renamed = block_edits.rename_lifted(lifted_twice(), "residual", "channels", "size")
    assert renamed.blocks["outer"].parameters == (Lifted("width", (Target("one", "size"),), 8),)
    assert renamed.graph.nodes["first"].layer.width == 8 and check(renamed.graph).ok
    gone = block_edits.unlift(renamed, "residual", "size")
    assert gone.blocks["outer"].parameters == () and check(gone.graph).ok
    assert_in_line(gone)


def test_any_attribute_of_a_layer_is_refused_as_the_name_of_a_parameter():
    for name in dir(block_layer("residual", residual())()):
        assert parameter_fault(name) is not None or name == "channels"


def test_the_face_and_the_drawing_agree():
    before = project(residual())
    block = before.blocks["residual"]
    wider = with_parameters(block.graph.nodes["conv1"].layer, out_channels=24)
    drawn = block_edits.with_block(
        before, "residual", replace(block, graph=edits.set_layer(block.graph, "conv1", wider))
    )
    assert drawn.blocks["residual"].parameters[0].default == 24
    assert drawn.graph.nodes["block1"].layer.channels == 24
    lifted = replace(block.parameters[0], default=4)
    told = block_edits.set_lifted(before, "residual", lifted)
    assert told.blocks["residual"].graph.nodes["conv1"].layer.out_channels == 4
    both = block_edits.lift(told, "residual", "conv1", "bias")
    assert block_edits.with_block(both, "residual", both.blocks["residual"]) == both


def test_a_block_around_keeps_its_own_default_where_that_inside_changes():
    before = lifted_twice()
    lifted = replace(before.blocks["residual"].parameters[0], default=4)
    after = block_edits.set_lifted(before, "residual", lifted)
    assert after.blocks["outer"].graph.nodes["one"].layer.channels == after.blocks["outer"].parameters[0].default == 8
    assert after.graph.nodes["first"].layer.width == 8
