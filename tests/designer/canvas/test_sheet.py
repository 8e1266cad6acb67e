"""What a sheet has painted anew when its drawing changes."""

from designer.canvas.sheet import Sheet
from designer.layout import placed
from engine.check.checker import Checker
from engine.graph import Graph, Inlet, Outlet, diff, edits
from engine.layers import Layer, make_layer


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
