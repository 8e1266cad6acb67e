"""A fix is shown on the canvas before it is made: by the mouse, by the keys, from the menu of a wire."""

from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QColor, QEnterEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from designer.canvas.hits import Hit
from designer.canvas.menus import menu_for
from designer.canvas.tips import tip
from designer.preview.on_canvas import Preview
from designer.problems.panel import ProblemsPanel
from designer.theme import theme
from designer.window.main_window import MainWindow
from engine.check.report import Suggestion
from engine.graph import Inlet, Outlet, Wire, edits
from engine.layers import make_layer
from engine.text import text


def broken(window: MainWindow) -> ProblemsPanel:
    document = window.document
    document.edit(text("remove flatten1"), edits.remove(document.graph, ["flatten1"]))
    panel = window.bottom.findChild(ProblemsPanel)
    assert panel and panel.rows[0].buttons
    return panel


def enter(widget: object) -> None:
    point = QPointF(2, 2)
    QApplication.sendEvent(widget, QEnterEvent(point, point, point))  # type: ignore[arg-type]


def test_the_mouse_on_a_fix_shows_what_it_would_do(design: MainWindow, qtbot: QtBot) -> None:
    preview: Preview = design.design.canvas.fix_preview
    button = broken(design).rows[0].buttons[0]
    before = design.document.graph
    enter(button)
    qtbot.waitUntil(lambda: preview.foreseen is not None)
    assert preview.foreseen and [card.kind for card in preview.foreseen.cards if card.kind == "added"]
    assert design.document.graph is before
    for zoom in (1.0, 0.3, 0.1):
        design.design.canvas.stage.zoom_to(zoom)
        assert not design.design.canvas.grab().isNull()
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
    assert preview.foreseen is None


def test_the_focus_on_a_fix_shows_it_and_making_it_takes_the_preview_away(design: MainWindow, qtbot: QtBot) -> None:
    preview: Preview = design.design.canvas.fix_preview
    panel = broken(design)
    panel.rows[0].pondered.emit(panel.rows[0].problem.fixes[0])
    qtbot.waitUntil(lambda: preview.foreseen is not None)
    panel.rows[0].buttons[0].click()
    assert preview.foreseen is None and design.document.report.ok


def test_what_would_change_out_of_sight_is_shown_in_a_picture(design: MainWindow, qtbot: QtBot) -> None:
    preview: Preview = design.design.canvas.fix_preview
    stage = design.design.canvas.stage
    fix = broken(design).rows[0].problem.fixes[0]
    stage.scroll_by(QPoint(3000, 0))
    seen = stage.seen()
    preview.show(fix)
    qtbot.waitUntil(lambda: preview.foreseen is not None)
    assert preview.inset and preview.inset.isVisible() and stage.seen() == seen
    assert design.design.canvas.rect().contains(preview.inset.geometry())
    green = QColor(theme.tokens.good)
    picture = preview.inset.grab().toImage()
    assert any(picture.pixelColor(x, y) == green for x in range(picture.width()) for y in range(0, picture.height(), 3))
    preview.show(None)
    assert preview.inset.isHidden()
    design.design.canvas.fit()
    preview.show(fix)
    qtbot.waitUntil(lambda: preview.foreseen is not None)
    assert preview.inset.isHidden()


def test_a_stale_fix_shows_nothing(design: MainWindow, qtbot: QtBot) -> None:
    preview: Preview = design.design.canvas.fix_preview
    panel = broken(design)
    fix = panel.rows[0].problem.fixes[0]
    design.document.edit(text("remove linear1"), edits.remove(design.document.graph, ["linear1", "linear2"]))
    preview.show(fix)
    qtbot.waitUntil(lambda: not preview._soon.isActive())
    assert preview.foreseen is None


def residual(design: MainWindow) -> Wire:
    """A sum of two branches of other widths; the wire from the left one."""
    graph = edits.add(design.document.graph, "left", make_layer("conv2d", {"out_channels": 16}))
    graph = edits.add(graph, "right", make_layer("conv2d", {"out_channels": 24}))
    graph = edits.add(graph, "both", make_layer("add", {}))
    for name in ("left", "right"):
        graph = edits.connect(graph, Outlet("image", "output"), Inlet(name, "image"))
    wires = [Wire(Outlet(name, "output"), Inlet("both", "parts", slot)) for slot, name in enumerate(("left", "right"))]
    (port,) = type(graph.nodes["both"].layer).about.inputs
    wires = [Wire(wire.source, wire.target._replace(port=port.name)) for wire in wires]
    for wire in wires:
        graph = edits.connect(graph, *wire)
    design.document.edit(text("add a sum"), graph)
    return wires[0]


def test_a_wire_says_which_side_could_give_way(design: MainWindow, qtbot: QtBot) -> None:
    wire = residual(design)
    words = tip(design.document, Hit(wire=wire))
    assert "What comes from left could give way" in words and "Set out_channels of left to 24" in words
    canvas = design.design.canvas
    menu: QMenu = menu_for(design, design.document, Hit(wire=wire), canvas._ready_actions(), print)
    offered = {action.text(): action for action in menu.actions() if isinstance(action.data(), Suggestion)}
    assert "Set out_channels of left to 24" in offered
    canvas.fix_preview.follow(menu)
    menu.hovered.emit(offered["Set out_channels of left to 24"])
    qtbot.waitUntil(lambda: canvas.fix_preview.foreseen is not None)
    assert canvas.fix_preview.foreseen and canvas.fix_preview.foreseen.shapes.keys() >= {"left"}
    menu.aboutToHide.emit()
    assert canvas.fix_preview.foreseen is None
    menu.deleteLater()
