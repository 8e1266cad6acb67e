"""Frames, notes and bookmarks: edits that touch nothing else, frames that take along what lies in them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.graph import Box, Frame, Graph, Node, Note, Place, diff, edits
from engine.graph import annotating as an

CARD = (184.0, 52.0)


def size(graph: Graph[Any], name: str) -> tuple[float, float]:
    return CARD


NUMBERS = st.floats(-2000, 2000)
BOXES = st.builds(Box, NUMBERS, NUMBERS, st.floats(1, 2000), st.floats(1, 2000))
PLACES = st.builds(Place, NUMBERS, NUMBERS)


def drawing(*places: Place) -> Graph[Any]:
    names = [f"n{number}" for number in range(len(places))]
    return Graph({name: Node(name) for name in names}, dict(zip(names, places, strict=True)))


@given(st.lists(PLACES, max_size=5), BOXES)
def test_an_annotation_is_put_and_taken(places: list[Place], box: Box) -> None:
    graph = drawing(*places)
    with_note = an.put(graph, "notes", an.free_id(graph.annotations, "notes"), Note("text", box))
    assert with_note.nodes is graph.nodes and with_note.places is graph.places
    assert diff(graph, with_note).annotated and not diff(graph, graph).annotated
    assert an.take(with_note, "notes", "note1") == graph


@given(st.lists(PLACES, min_size=1, max_size=8), st.data())
def test_a_frame_around_cards_holds_them(places: list[Place], data: st.DataObject) -> None:
    graph = drawing(*places)
    some = data.draw(st.lists(st.sampled_from(sorted(graph.nodes)), min_size=1))
    box = an.around(Box(*graph.places[name], *CARD) for name in some)
    assert set(some) <= set(an.inside(graph, box, size))


@given(st.lists(PLACES, max_size=6), BOXES, st.lists(BOXES, max_size=3), st.integers(-500, 500), st.integers(-500, 500))
def test_a_frame_carries_what_lies_in_it_and_nothing_else(
    places: list[Place], box: Box, notes: list[Box], x: int, y: int
) -> None:
    graph = an.put(drawing(*places), "frames", "frame1", Frame("stage", box))
    for number, note in enumerate(notes):
        graph = an.put(graph, "notes", f"note{number}", Note("", note))
    held = an.inside(graph, box, size)
    after = an.carried(graph, "frame1", x, y, size)
    for name, place in graph.places.items():
        assert after.places[name] == (Place(place.x + x, place.y + y) if name in held else place)
    for id, note_before in graph.annotations.notes.items():
        now = after.annotations.notes[id].box
        assert now == (an.moved(note_before.box, x, y) if an.holds(box, note_before.box) else note_before.box)
    assert after.annotations.frames["frame1"].box == an.moved(box, x, y)


def test_two_frames_of_one_size_stay_apart() -> None:
    box = Box(0, 0, 100, 100)
    graph = an.put(an.put(drawing(), "frames", "frame1", Frame("a", box)), "frames", "frame2", Frame("b", box))
    after = an.carried(graph, "frame1", 10, 0, size)
    assert after.annotations.frames["frame2"].box == box


def test_frames_follow_a_new_layout() -> None:
    graph = drawing(Place(0, 0), Place(0, 100), Place(900, 0))
    graph = an.put(graph, "frames", "frame1", Frame("pair", an.around([Box(0, 0, *CARD), Box(0, 100, *CARD)])))
    after = edits.move(graph, {"n0": Place(500, 500), "n1": Place(700, 500)})
    fitted = an.refitted(graph, after, size)
    assert an.inside(fitted, fitted.annotations.frames["frame1"].box, size) == ["n0", "n1"]
    elsewhere = edits.move(graph, {"n2": Place(950, 0)})
    assert an.refitted(graph, elsewhere, size).annotations == graph.annotations


@pytest.mark.parametrize("kind", ["frames", "notes", "bookmarks"])
def test_ids_are_free(kind: an.Kind) -> None:
    graph = drawing()
    for _ in range(4):
        id = an.free_id(graph.annotations, kind)
        assert id not in getattr(graph.annotations, kind)
        graph = an.put(graph, kind, id, Note("", Box(0, 0, 1, 1)))
    graph = an.take(graph, kind, f"{an.STEMS[kind]}2")
    assert an.free_id(graph.annotations, kind) == f"{an.STEMS[kind]}2"


def test_edits_of_the_drawing_keep_annotations() -> None:
    graph = an.put(drawing(Place(0, 0), Place(0, 100)), "notes", "note1", Note("hello", Box(0, 0, 10, 10)))
    for after in (
        edits.add(graph, "more", "more", Place(1, 1)),
        edits.remove(graph, ["n0"]),
        edits.rename(graph, "n0", "m0"),
        edits.move(graph, {"n0": Place(5, 5)}),
        edits.set_label(graph, "n0", "first"),
        edits.paste(graph, drawing(Place(9, 9)), Place(0, 0))[0],
    ):
        assert after.annotations is graph.annotations
    assert replace(graph, nodes={}).annotations is graph.annotations
