"""What a sheet has painted anew when its drawing changes."""

from msgspec.structs import replace

from designer.canvas.sheet import Sheet
from designer.layout import placed
from engine.check.checker import Checker
from engine.graph import Graph, Inlet, Outlet, Place, Wire, diff, edits
from engine.layers import Layer, make_layer


def chain(*names: str) -> Graph[Layer]:
    """Layers below each other, each fed by the one before."""
    graph: Graph[Layer] = Graph()
    for number, name in enumerate(names):
        graph = edits.add(graph, name, make_layer("relu", {}), Place(0, 96.0 * number))
        if number:
            graph = edits.connect(graph, Outlet(names[number - 1], "output"), Inlet(name, "value"))
    return graph


def shown(graph: Graph[Layer]) -> Sheet:
    return Sheet(graph, Checker().update(graph, ()))


def test_a_wire_that_loses_where_it_comes_from_hangs_before_its_port() -> None:
    before = chain("a", "b", "c")
    after = replace(before, nodes={name: node for name, node in before.nodes.items() if name != "b"})
    wire = Wire(Outlet("b", "output"), Inlet("c", "value"))
    sheet = shown(before)
    sheet.apply(after, diff(before, after))
    assert sheet.wires[wire].line == shown(after).wires[wire].line
    sheet.apply(before, diff(after, before))
    assert sheet.wires[wire].line == shown(before).wires[wire].line
    sheet.let_go()


def test_few_wires_that_come_find_their_ways_at_once() -> None:
    before = chain("a")
    after = chain("a", "b", "c")
    sheet = shown(before)
    sheet.spoilt()
    sheet.apply(after, diff(before, after))
    assert len(sheet.wires) == 2 and all(wire._path is not None for wire in sheet.wires.values())
    sheet.let_go()


def test_what_is_seen_from_afar_is_known_to_be_another() -> None:
    """By the minimap, which is painted anew only then."""
    graph = chain("a", "b")
    sheet = shown(graph)

    def is_another(after: Graph[Layer]) -> bool:
        form = sheet.form
        sheet.apply(after, diff(sheet.graph, after))
        return sheet.form is not form

    assert not is_another(edits.set_label(graph, "a", "words"))
    assert not is_another(edits.set_layer(sheet.graph, "a", make_layer("leaky_relu", {})))
    assert is_another(edits.set_layer(sheet.graph, "a", make_layer("flatten", {})))
    assert is_another(edits.set_layer(sheet.graph, "a", make_layer("add", {})))
    assert is_another(edits.move(sheet.graph, {"b": Place(240, 96)}))
    assert is_another(edits.add(sheet.graph, "c", make_layer("relu", {}), Place(480, 0)))
    assert is_another(edits.remove(sheet.graph, ["c"]))
    sheet.let_go()


def test_where_a_card_was_larger_is_painted_anew() -> None:
    graph: Graph[Layer] = edits.add(Graph(), "image", make_layer("input", {}))
    graph = edits.add(graph, "joined", make_layer("concat", {}))
    small = placed(graph)
    large = small
    for slot in range(12):
        large = edits.connect(large, Outlet("image", "output"), Inlet("joined", "parts", slot))
    sheet = Sheet(large, Checker().update(large, ()))
    before = sheet.nodes["joined"].box()
    sheet.spoilt()
    sheet.apply(small, diff(large, small))
    after = sheet.nodes["joined"].box()
    assert after[2] < before[2]
    spoilt = sheet.spoilt()
    assert spoilt is None or before in spoilt
    sheet.let_go()
