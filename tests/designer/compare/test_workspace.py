"""Two versions on one canvas: what came, went or is another is marked, listed, gone to, and taken over."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from designer.arranging import arranged
from designer.compare.joined import joined
from designer.compare.painting import colour_of
from designer.compare.wiring import compare_file, show
from designer.compare.workspace import CompareWorkspace
from designer.theme import theme
from designer.window.main_window import MainWindow
from engine.graph import Frame, Graph, Inlet, Outlet, Place, edits
from engine.graph.annotations import Annotations, Box
from engine.layers import Layer, make_layer, with_parameters
from engine.project.compare import compare_graphs
from engine.project.file import load, save
from engine.project.project import Project
from engine.project.settings import with_settings
from engine.project.starters import make_starter
from engine.text import text

OLD = make_starter("mnist-cnn")


def changed(graph: Graph[Layer]) -> Graph[Layer]:
    """conv1 is called stem, conv2 has another kernel, relu2 is gone, drop1 has come."""
    graph = edits.rename(graph, "conv1", "stem")
    graph = edits.set_layer(graph, "conv2", with_parameters(graph.nodes["conv2"].layer, kernel_size=5))
    graph = edits.remove(graph, ["relu2"])
    graph = edits.add(graph, "drop1", make_layer("dropout", {}), Place(400, 0))
    graph = edits.connect(graph, Outlet("relu1", "output"), Inlet("drop1", "value"))
    return edits.move(graph, {"linear1": Place(96, 960)})


NEW = replace(OLD.with_graph(changed(OLD.graph)), recipe=with_settings(OLD.recipe, {"epochs": "9"}))


@pytest.fixture
def compared(window: MainWindow) -> CompareWorkspace:
    """The new version is open, and compared with the old one."""
    window.files.begin(NEW, "new")
    show(window, OLD, "old")
    space = window.spaces.get("compare")
    assert isinstance(space, CompareWorkspace)
    return space


def words(space: CompareWorkspace) -> list[str]:
    return [item.text(0) for item in space.changes.entries()]


def choose(space: CompareWorkspace, words: str) -> None:
    """Selects an entry with the keyboard alone."""
    space.changes.setFocus()
    QTest.keyClick(space.changes, Qt.Key.Key_Home)
    for _ in range(50):
        item = space.changes.currentItem()
        if item is not None and words in item.text(0):
            return
        QTest.keyClick(space.changes, Qt.Key.Key_Down)
    raise AssertionError(f"no entry {words}")


def graph_of(window: MainWindow) -> Graph[Layer]:
    return window.document.graph


def test_everything_that_differs_is_in_the_list_with_its_sign(compared: CompareWorkspace) -> None:
    assert words(compared) == [
        "−  relu2  relu",
        "~  conv1 → stem, renamed",
        "~  conv2  conv2d",
        "+  drop1  dropout",
        "+  conv2 → pool2.image",
        "~  epochs: 2 → 9",
    ]
    head = compared.changes.topLevelItem(1)
    assert head is not None and head.text(0) == "Network: 1 node moved"


def test_both_drawings_are_on_the_canvas_each_node_once(compared: CompareWorkspace) -> None:
    cards = compared.canvas.joined.cards
    assert set(cards) == {*NEW.graph.nodes, "relu2"}
    kinds = {name: card.kind for name, card in cards.items() if card.kind}
    assert kinds == {"stem": "renamed", "conv2": "changed", "drop1": "added", "relu2": "removed"}
    assert cards["relu2"].at == QPointF(*OLD.graph.places["relu2"])
    assert sorted(s.kind for s in compared.canvas.joined.strands if s.kind) == ["added", "added", "removed", "removed"]


def colours_around(space: CompareWorkspace, name: str) -> set[str]:
    """The colours along the edges of a card as it is painted."""
    space.canvas.choose(name)
    space.canvas.choose("")
    space.canvas.origin = QPointF(space.canvas.origin.toPoint()) + QPointF(0.4, 0.4)  # its edges are sharp all the same
    image: QImage = space.canvas.grab().toImage()
    ratio = image.devicePixelRatio()
    box = space.canvas.joined.cards[name].box.translated(-space.canvas.origin)
    found = set()
    for share in range(5, 90):
        for y in (box.top(), box.bottom()):
            at = QPointF(box.left() + box.width() * share / 100, y) * space.canvas.zoom * ratio
            found.add(QColor(image.pixel(at.toPoint())).name())
    return found


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_what_came_and_went_differs_in_colour_and_line(compared: CompareWorkspace, scheme: str) -> None:
    theme.choose(scheme)  # type: ignore[arg-type]
    compared.canvas.zoom = 1.0
    for name, kind in (("drop1", "added"), ("relu2", "removed"), ("conv2", "changed")):
        assert QColor(colour_of(kind)).name() in colours_around(compared, name)  # type: ignore[arg-type]
    solid, dashed = (colours_around(compared, name) for name in ("drop1", "relu2"))
    canvas = QColor(theme.tokens.canvas).name()
    assert canvas not in solid and (canvas in dashed or len(dashed) > len(solid))


def test_an_entry_leads_to_its_place_and_a_card_to_its_entry(compared: CompareWorkspace) -> None:
    compared.canvas.zoom = 1.5
    choose(compared, "drop1")
    assert compared.canvas.chosen == "drop1"
    assert compared.canvas.seen().contains(compared.canvas.joined.cards["drop1"].box)
    compared.canvas.choose("conv2")
    box = compared.canvas.joined.cards["conv2"].box
    at = ((box.center() - compared.canvas.origin) * compared.canvas.zoom).toPoint()
    QTest.mouseClick(compared.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    item = compared.changes.currentItem()
    assert item is not None and "conv2" in item.text(0)


def test_one_of_the_two_can_be_seen_alone(compared: CompareWorkspace) -> None:
    compared.canvas.fit()
    compared._side_buttons["old"].click()
    assert "drop1" not in {card.name for card in compared.canvas.shown()}
    compared._side_buttons["new"].click()
    shown = {card.name for card in compared.canvas.shown()}
    assert "relu2" not in shown and "drop1" in shown


def test_a_parameter_is_taken_over_as_one_step(compared: CompareWorkspace, window: MainWindow) -> None:
    choose(compared, "conv2  conv2d")
    compared.take.click()
    assert graph_of(window).nodes["conv2"].layer == OLD.graph.nodes["conv2"].layer
    assert "conv2" in window.document.undo_stack.undoText()
    assert all("conv2  conv2d" not in one for one in words(compared))
    window.document.undo_stack.undo()
    assert window.document.project.graph == NEW.graph
    assert any("conv2  conv2d" in one for one in words(compared))


def test_a_node_that_is_gone_comes_back_with_its_wires(compared: CompareWorkspace, window: MainWindow) -> None:
    choose(compared, "relu2")
    compared.take.click()
    graph = graph_of(window)
    assert graph.source(Inlet("relu2", "value")) == Outlet("conv2", "output")
    assert graph.source(Inlet("pool2", "image")) == Outlet("relu2", "output")


def test_a_node_that_has_come_goes_and_a_name_comes_back(compared: CompareWorkspace, window: MainWindow) -> None:
    choose(compared, "drop1")
    compared.take.click()
    choose(compared, "stem")
    compared.take.click()
    graph = graph_of(window)
    assert "drop1" not in graph.nodes and "stem" not in graph.nodes
    assert graph.source(Inlet("relu1", "value")) == Outlet("conv1", "output")


def test_a_wire_and_a_setting_are_taken_over(compared: CompareWorkspace, window: MainWindow) -> None:
    choose(compared, "conv2 → pool2")
    compared.take.click()
    assert graph_of(window).source(Inlet("pool2", "image")) is None
    choose(compared, "epochs")
    compared.take.click()
    assert window.document.project.recipe.epochs == 2


def test_all_is_taken_over_as_one_step(compared: CompareWorkspace, window: MainWindow) -> None:
    compared.take_all.click()
    assert window.document.project == OLD
    assert words(compared) == [] and not compared.take_all.isEnabled()
    window.document.undo_stack.undo()
    assert window.document.project.graph == NEW.graph


def test_several_entries_are_taken_in_one_step(compared: CompareWorkspace, window: MainWindow) -> None:
    compared.changes.selectAll()
    before = window.document.undo_stack.count()
    compared.take.click()
    assert window.document.undo_stack.count() == before + 1
    assert replace(graph_of(window), places={}) == replace(OLD.graph, places={})
    assert window.document.project.recipe == OLD.recipe


def test_frames_and_data_are_taken_over(window: MainWindow) -> None:
    frame = Frame("Encoder", Box(0, 0, 100, 100))
    graph = replace(OLD.graph, annotations=Annotations(frames={"frame1": frame}))
    other = replace(OLD.with_graph(graph), data=replace(OLD.data, source="npz:x"))
    window.files.begin(OLD, "here")
    show(window, other, "other")
    space = window.spaces.get("compare")
    assert isinstance(space, CompareWorkspace)
    space.changes.selectAll()
    space.take.click()
    assert window.document.graph.annotations.frames == {"frame1": frame}
    assert window.document.project.data.source == "npz:x"


def test_blocks_are_compared_and_taken_over(window: MainWindow) -> None:
    sample = load(Path(__file__).parents[3] / "assets" / "samples" / "version-2.loom")
    block = sample.blocks["separable"]
    other_graph = edits.set_label(block.graph, "depthwise", "by channel")
    other: Project = replace(sample, blocks={**sample.blocks})
    from engine.blocks.edits import with_block

    other = with_block(other, "separable", replace(block, graph=other_graph))
    window.files.begin(sample, "here")
    show(window, other, "other")
    space = window.spaces.get("compare")
    assert isinstance(space, CompareWorkspace)
    choose(space, "depthwise")
    assert space.canvas.chosen == "depthwise" and "depthwise" in space.canvas.joined.cards
    space.take.click()
    assert window.document.project.blocks["separable"].graph.nodes["depthwise"].label == "by channel"


def test_the_commands_compare_with_a_file_and_with_the_saved_version(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old.loom", tmp_path / "new.loom"
    save(OLD, old)
    save(NEW, new)
    assert not window.commands["compare_saved"].isEnabled()
    window.files.open(new)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(old), ""))
    window.commands["compare"].trigger()
    space = window.spaces.get("compare")
    assert isinstance(space, CompareWorkspace) and len(words(space)) == 6
    window.document.edit(text("label"), edits.set_label(window.document.graph, "conv3", "x"))
    window.commands["compare_saved"].trigger()
    assert words(space) == ["~  conv3  conv2d"]
    assert space.heading.text() == "What is open, compared with the saved version"
    assert space.take.text() == "Take from the saved version"
    space.take_all.click()
    assert window.document.undo_stack.undoText() == "take all from the saved version"
    compare_file(window, old)
    assert space.take.text() == "Take from “old”"
    QTest.keyClick(space.changes, Qt.Key.Key_Escape)
    assert window.spaces.current == "design"


def test_a_read_only_project_is_compared_and_takes_nothing(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "old.loom"
    save(OLD, path)
    window.document.start(NEW, None, text("It is locked."))
    compare_file(window, path)
    space = window.spaces.get("compare")
    assert isinstance(space, CompareWorkspace)
    choose(space, "conv2  conv2d")
    assert not space.take.isEnabled() and not space.take_all.isEnabled()


def test_the_canvas_is_moved_and_zoomed_by_mouse_and_keys(compared: CompareWorkspace, qtbot: QtBot) -> None:
    canvas = compared.canvas
    canvas.zoom_by(2)
    before = QPointF(canvas.origin)
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseMove(canvas, middle + QPoint(40, 30))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle + QPoint(40, 30))
    assert canvas.origin == before - QPointF(40, 30) / canvas.zoom
    zoom = canvas.zoom
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.zoom > zoom
    QTest.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.seen().contains(canvas.joined.bounds())


def test_a_drawing_that_was_turned_is_shown_turned_and_turned_back_by_taking_that_over(window: MainWindow) -> None:
    new = OLD.with_graph(arranged(edits.remove(OLD.graph, ["relu2"]), flow="right"))
    window.files.begin(new, "new")
    show(window, OLD, "old")
    space = window.spaces.get("compare")
    assert isinstance(space, CompareWorkspace)
    cards = space.canvas.joined.cards
    for strand in space.canvas.joined.strands:
        assert strand.flow == "right"
        assert strand.start.x() in {card.box.right() for card in cards.values()}
        assert strand.end.x() in {card.box.left() for card in cards.values()}
    gone = cards["relu2"].box
    assert gone.left() == cards["conv2"].box.right() + 80
    assert not any(gone.intersects(card.box) for name, card in cards.items() if name != "relu2")
    assert "~  flow: “down” → “right”" in words(space)
    choose(space, "flow")
    space.take.click()
    assert graph_of(window).flow == "down"
    assert graph_of(window).places["pool2"] == OLD.graph.places["pool2"]


def test_a_wire_that_came_goes_past_the_card_that_went() -> None:
    right = arranged(OLD.graph, flow="right")
    for old in (OLD.graph, right):
        new = edits.remove(old, ["relu2"])
        (came,) = (strand for strand in joined(old, new, compare_graphs(old, new)).strands if strand.kind == "added")
        assert came.detour > 0
