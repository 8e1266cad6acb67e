"""The flow of a drawing by the window's commands: one step each, with its state in the menu."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from designer.annotations import commands as remarks
from designer.arranging import arranged_project
from designer.blocks import commands as blocks
from designer.canvas.ports import size_in
from designer.order import arranger
from designer.window.main_window import MainWindow
from engine.graph import Bookmark, Box, Note
from engine.graph import annotating as an
from engine.graph.annotating import inside
from engine.project.file import dumps, loads
from engine.project.project import Project
from engine.project.templates import TEMPLATES
from engine.text import text
from tests.designer.order.test_on_canvas import long_chain
from tests.designer.window.conftest import design, window

__all__ = ["design", "window"]


def checked(window: MainWindow) -> list[str]:
    return [flow for flow in ("down", "right") if window.commands[f"flow_{flow}"].isChecked()]


def test_the_flow_is_one_step_that_lays_the_drawing_out_and_is_saved(design: MainWindow) -> None:
    document, canvas = design.document, design.design.canvas
    before = document.project
    assert checked(design) == ["down"]
    design.commands["flow_right"].trigger()
    assert document.graph.flow == "right" and checked(design) == ["right"]
    assert document.undo_stack.count() == 1 and document.undo_stack.undoText() == "flow: left to right"
    places = document.graph.places
    assert len({place.y for place in places.values()}) == 1 and len({place.x for place in places.values()}) == len(
        places
    )
    assert canvas.stage.seen().contains(canvas.stage.drawing.nodes["image"].card())
    written = dumps(document.project)
    assert '"flow": "right"' in written and '"loom": 2' in written and loads(written) == document.project
    document.undo_stack.undo()
    assert document.project == before and checked(design) == ["down"]
    assert "flow" not in dumps(document.project)


def test_the_flow_that_there_is_stays(design: MainWindow) -> None:
    design.commands["flow_down"].trigger()
    assert design.document.undo_stack.count() == 0 and checked(design) == ["down"]


def test_a_drawing_that_is_empty_flows_to_the_right_too(window: MainWindow) -> None:
    window.document.start(Project())
    window.spaces.show_space("design")
    window.commands["flow_right"].trigger()
    assert window.document.graph.flow == "right" and checked(window) == ["right"]


def test_a_large_drawing_is_turned_beside_the_window(design: MainWindow, qtbot: QtBot) -> None:
    document, running = design.document, design.design.canvas.arranger
    document.start(Project().with_graph(long_chain(arranger.AT_ONCE * 2)))
    design.commands["flow_right"].trigger()
    assert running.running and checked(design) == ["down"]
    qtbot.waitUntil(lambda: document.graph.flow == "right", timeout=60_000)
    assert checked(design) == ["right"] and document.undo_stack.count() == 1
    assert document.graph.places["n9"].x > document.graph.places["n8"].x


def test_a_layout_given_up_leaves_the_flow(design: MainWindow) -> None:
    document, running = design.document, design.design.canvas.arranger
    document.start(Project().with_graph(long_chain(arranger.AT_ONCE * 2)))
    design.commands["flow_right"].trigger()
    running.cancel()
    assert document.graph.flow == "down" and checked(design) == ["down"]
    design.commands["arrange"].trigger()
    running.cancel()


def test_each_drawing_has_its_own_flow_and_a_new_block_that_of_where_it_was_made(design: MainWindow) -> None:
    document = design.document
    design.commands["flow_right"].trigger()
    document.select({"conv1", "relu1"})
    blocks.group(document, "stem")
    assert document.project.blocks["stem"].graph.flow == "right"
    (name,) = document.selection
    blocks.enter(document, name)
    inner = document.graph.places
    assert checked(design) == ["right"]
    assert inner["conv1"].x < inner["relu1"].x and inner["conv1"].y == inner["relu1"].y
    design.commands["flow_down"].trigger()
    assert checked(design) == ["down"]
    blocks.leave(document)
    assert checked(design) == ["right"]
    blocks.unpack(document, name)
    places = document.graph.places
    assert places["image"].x < places["conv1"].x < places["relu1"].x < places["pool1"].x
    assert places["conv1"].y == places["relu1"].y


def test_frames_hold_cards_as_high_as_they_are(window: MainWindow) -> None:
    template = next(template for template in TEMPLATES if template.id == "unet")
    window.document.start(template.make())
    window.spaces.show_space("design")
    document = window.document
    document.edit_project(text("turn"), document.project.with_graph(replace(document.graph, flow="right")))
    high = max(document.graph.nodes, key=lambda name: size_in(document.graph, name).height)
    document.select({high})
    spot = remarks.add_frame(document, window.design.canvas.stage.seen())
    box = document.graph.annotations.frames[spot.id].box
    assert box.height > 100 and inside(document.graph, box, size_in) == [high]


@pytest.mark.parametrize("id", ["flow_down", "flow_right"])
def test_the_flow_is_for_where_the_drawing_is_seen(design: MainWindow, id: str) -> None:
    assert design.commands[id].isEnabled()
    design.spaces.show_space("data")
    assert not design.commands[id].isEnabled()


def test_notes_frames_and_bookmarks_come_along(design: MainWindow) -> None:
    document, view = design.document, design.design.canvas
    document.select({"conv2", "relu2"})
    frame = remarks.add_frame(document, view.stage.seen()).id
    beside = document.graph.places["linear1"]
    graph = an.put(document.graph, "notes", "note1", Note("here", Box(beside.x + 264, beside.y, 240, 144)))
    graph = an.put(graph, "notes", "note2", Note("there", Box(beside.x - 264, beside.y, 240, 144)))
    around = Box(beside.x - 96, beside.y - 96, 400, 300)
    shown = inside(graph, around, size_in)
    document.edit(text("note"), an.put(graph, "bookmarks", "bookmark1", Bookmark("head", around)))
    design.commands["flow_right"].trigger()
    graph = document.graph
    held = graph.annotations
    assert inside(graph, held.frames[frame].box, size_in) == ["conv2", "relu2"]
    assert set(shown) <= set(inside(graph, held.bookmarks["bookmark1"].box, size_in)) and len(shown) > 1
    cards = [Box(*graph.places[name], *size_in(graph, name)) for name in graph.nodes]
    for note in held.notes.values():
        assert not any(QRectF(*note.box).intersects(QRectF(*card)) for card in cards)
        assert abs(note.box.x - graph.places["linear1"].x) < 2 * 264
    assert held.notes["note1"].box.y > graph.places["linear1"].y
    document.undo_stack.undo()
    assert document.graph.annotations.notes["note1"].box.x == beside.x + 264


def test_the_command_line_keeps_frames_around_their_cards(design: MainWindow) -> None:
    document = design.document
    document.select({"conv2", "relu2"})
    frame = remarks.add_frame(document, design.design.canvas.stage.seen()).id
    project = arranged_project(document.project, flow="right")
    graph = project.graph
    assert inside(graph, graph.annotations.frames[frame].box, size_in) == ["conv2", "relu2"]
