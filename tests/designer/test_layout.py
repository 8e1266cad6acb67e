"""Where nodes lie that nobody placed, and the whole drawing laid out."""

from collections.abc import Mapping
from itertools import combinations
from time import perf_counter
from typing import Any

from designer.arranging import arranged
from designer.layout import Cards, inserted, placed
from engine.graph import Graph, Inlet, Outlet, Place, edits
from engine.layers import Layer, make_layer

CHAIN: Mapping[str, tuple[Any, ...]] = {
    "image": ("input", {}),
    "conv1": ("conv2d", {}, "image"),
    "relu1": ("relu", {}, "conv1"),
}
BRANCHED: Mapping[str, tuple[Any, ...]] = {
    **CHAIN,
    "left": ("conv2d", {}, "relu1"),
    "right": ("conv2d", {}, "relu1"),
    "joined": ("concat", {}, "left", "right"),
}


def overlapping(places: Mapping[str, Place]) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, b in combinations(places, 2)
        if abs(places[a].x - places[b].x) < 184 and abs(places[a].y - places[b].y) < 52
    ]


def test_a_chain_without_places_becomes_a_column(draw) -> None:
    places = placed(draw(CHAIN)).places
    assert [places[name] for name in CHAIN] == [Place(0, 0), Place(0, 96), Place(0, 192)]


def test_no_card_covers_another(draw) -> None:
    for lay_out in (placed, arranged):
        assert overlapping(lay_out(draw(BRANCHED)).places) == []


def test_a_merged_node_lies_below_its_sources_and_keeps_the_main_path_straight(draw) -> None:
    places = arranged(draw(BRANCHED)).places
    assert places["left"].y == places["right"].y < places["joined"].y
    assert places["left"].x == places["relu1"].x == places["joined"].x < places["right"].x


def test_what_is_not_laid_out_stays_and_is_not_covered(draw) -> None:
    graph = placed(draw({**BRANCHED, "other": ("input", {})}))
    names = {"relu1", "left", "right", "joined"}
    graph = edits.move(graph, {"relu1": Place(500, 0), "left": Place(0, 700), "joined": Place(900, 12)})
    places = arranged(graph, names).places
    assert {name: places[name] for name in graph.nodes.keys() - names} == {
        name: graph.places[name] for name in graph.nodes.keys() - names
    }
    assert overlapping(places) == []
    assert all(places[name] != graph.places[name] for name in ("relu1", "joined"))


def test_what_is_placed_stays(draw) -> None:
    graph = edits.move(draw(CHAIN), {"image": Place(500, 7)})
    assert placed(graph).places["image"] == Place(500, 7)


def test_a_drawing_with_places_is_not_touched(draw) -> None:
    graph = placed(draw(BRANCHED))
    assert placed(graph) is graph


def test_a_circle_is_laid_out_too(draw) -> None:
    graph = edits.connect(draw(CHAIN), Outlet("relu1", "output"), Inlet("conv1", "image"))
    for lay_out in (placed, arranged):
        assert lay_out(graph).places.keys() == set(CHAIN)


def test_a_layer_put_on_a_wire_pushes_down_only_what_it_feeds(draw) -> None:
    graph = placed(draw({**CHAIN, "other": ("input", {})}))
    graph = edits.insert(
        edits.add(graph, "drop", make_layer("dropout", {})), "drop", Inlet("relu1", "value"), ("value", "output")
    )
    places = placed(graph).places
    assert (places["image"], places["conv1"], places["other"]) == tuple(
        graph.places[name] for name in ("image", "conv1", "other")
    )
    assert places["conv1"].y + 96 == places["drop"].y == places["relu1"].y - 96
    assert overlapping(places) == []


def test_a_layer_put_where_there_is_room_moves_nothing(draw) -> None:
    graph: Graph[Layer] = edits.move(placed(draw(CHAIN)), {"relu1": Place(0, 400)})
    wider = edits.add(graph, "drop", make_layer("dropout", {}))
    wider = edits.insert(wider, "drop", Inlet("relu1", "value"), ("value", "output"))
    assert inserted(wider, "drop", Place(0, 216)).places["relu1"] == Place(0, 400)


def test_room_is_found_quickly_among_many() -> None:
    cards = Cards(Place(0, 0) for _ in range(5000))
    assert cards.room(Place(3, 5)) == Place(216, 0)


def test_thousands_of_nodes_without_places_cost_little_each(draw) -> None:
    def seconds(count: int) -> float:
        nodes = {"image": ("input", {})}
        nodes |= {f"relu{n}": ("relu", {}, "image") for n in range(count)}
        nodes |= {f"input{n}": ("input", {}) for n in range(count)}
        graph = draw(nodes)
        start = perf_counter()
        found = placed(graph)
        assert len(set(found.places.values())) == len(graph.nodes)
        return perf_counter() - start

    few = min(seconds(250) for _ in range(3))
    assert seconds(2000) < 8 * 4 * max(few, 0.002)  # in proportion, with room for a busy machine; squares would be 64
