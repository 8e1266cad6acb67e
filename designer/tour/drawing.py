"""Drawing the textbook CNN by hand: layers dragged from the palette, parameters typed, ports wired, an error mended."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QTreeWidgetItem, QWidget

from designer.problems.panel import ProblemsPanel
from designer.tour.hands import CTRL, click, drag, fill, found, press, wheel, write
from designer.tour.script import Broken, Rest, Steps, Until
from designer.window.main_window import MainWindow
from engine.text import text

# (what is typed into the search, the title of the row, parameters in the order of their fields' numbers)
LAYERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Input", {}),
    ("Conv2d", {"out_channels": "32"}),
    ("ReLU", {}),
    ("MaxPool2d", {}),
    ("Conv2d", {"out_channels": "64"}),
    ("ReLU", {}),
    ("MaxPool2d", {}),
    ("Conv2d", {"out_channels": "64", "kernel_size": "7"}),  # too large for what comes in: the deliberate error
    ("ReLU", {}),
    ("Flatten", {}),
    ("Linear", {"out_features": "64"}),
    ("ReLU", {}),
    ("Linear", {"out_features": "10"}),
    ("Output", {}),
)
FAULTY, MENDED_KERNEL = 7, "3"
PITCH = 84
ZOOM_NOTCHES = -3


def draw(window: MainWindow) -> Steps:
    """Drags every layer onto the canvas and types its parameters."""
    stage = window.design.canvas.stage
    middle = stage.viewport().rect().center()
    yield from wheel(stage.viewport(), middle, ZOOM_NOTCHES)
    for row, (title, parameters) in enumerate(LAYERS):
        yield from drop(window, title, row)
        yield from set_parameters(window, parameters)
    yield from press(Qt.Key.Key_Escape)


def drop(window: MainWindow, title: str, row: int) -> Steps:
    """Searches a layer and drags its row onto the canvas; where the platform has no drags, double-clicks it."""
    palette, stage = window.design.palette_panel, window.design.canvas.stage
    before = len(stage.drawing.nodes)
    yield from click(palette.search)
    yield from press(Qt.Key.Key_A, CTRL)
    yield from write(title)
    yield Until(lambda: _row(window, title), f"row {title}")
    item = _row(window, title)
    start = palette.tree.visualItemRect(item).center() if item else QPoint()
    view = stage.viewport()
    top = view.rect().top() + 24
    end = QPoint(view.rect().center().x(), top + round(row * PITCH * stage.zoom) + round(26 * stage.zoom))
    if QGuiApplication.platformName() == "offscreen":
        yield from click(palette.tree.viewport(), start)
        yield from press(Qt.Key.Key_Return)
    else:
        yield from drag(palette.tree.viewport(), start, view, end)
    yield Until(lambda: len(stage.drawing.nodes) == before + 1, f"card of {title}")


def set_parameters(window: MainWindow, parameters: dict[str, str]) -> Steps:
    """Types parameters into the inspector of the card that was just dropped."""
    for name, value in parameters.items():
        yield Until(lambda name=name: _fields(window, name), f"field {name}")  # type: ignore[misc]
        for field in _fields(window, name):
            yield from fill(field, value)


def wire(window: MainWindow) -> Steps:
    """Draws every wire from port to port; what is wired already stays."""
    stage = window.design.canvas.stage
    names = list(stage.drawing.nodes)
    for source, target in pairwise(names):
        if any(w.source.node == source and w.target.node == target for w in stage.drawing.wires):
            continue
        count = len(stage.drawing.wires)
        view = stage.viewport()
        yield from drag(view, _port(window, source, outlet=True), view, _port(window, target, outlet=False))
        yield Until(lambda count=count: len(stage.drawing.wires) == count + 1, f"wire {source} → {target}")  # type: ignore[misc]
    yield from click(window.design.canvas.stage.viewport(), QPoint(8, 8))
    yield Rest(0.2)


def correct(window: MainWindow) -> Steps:
    """Mends the deliberate error by the button of its fix, then types the textbook's kernel."""
    name = list(window.design.canvas.stage.drawing.nodes)[FAULTY]
    yield Until(lambda: _fix_button(window, name), f"fix for {name}")
    button = _fix_button(window, name)
    assert button is not None
    yield from click(button)
    yield Until(lambda: _fix_button(window, name) is None, f"end of the problem of {name}")
    node = window.design.canvas.stage.drawing.nodes[name]
    middle = window.design.canvas.stage.mapFromScene(node.card().center() + QPointF(-20, 0))
    yield from click(window.design.canvas.stage.viewport(), middle)
    yield Until(lambda: _fields(window, "kernel_size"), "field kernel_size")
    for field in _fields(window, "kernel_size"):
        yield from fill(field, MENDED_KERNEL)
    yield from reset_padding(window)
    yield Rest(0.2)
    if found(window, ProblemsPanel).rows:
        raise Broken(
            text(
                "the network still has a problem: {problem}", problem=found(window, ProblemsPanel).rows[0].problem.text
            )
        )


def reset_padding(window: MainWindow) -> Steps:
    """Puts the padding back to the default where the fix has changed it."""
    reset = window.design.inspector.page.form.fields["padding"].reset  # type: ignore[union-attr]
    if reset.isEnabled():
        yield from click(reset)


def _row(window: MainWindow, title: str) -> QTreeWidgetItem | None:
    tree = window.design.palette_panel.tree
    found = tree.findItems(title, Qt.MatchFlag.MatchExactly)
    return found[0] if found and tree.visualItemRect(found[0]).isValid() else None


def _fields(window: MainWindow, name: str) -> list[QLineEdit]:
    form = getattr(window.design.inspector.page, "form", None)
    field: QWidget | None = form.fields.get(name) if form else None
    return field.editor.findChildren(QLineEdit) if field else []  # type: ignore[attr-defined]


def _port(window: MainWindow, node: str, outlet: bool) -> QPoint:
    stage = window.design.canvas.stage
    item = stage.drawing.nodes[node]
    return stage.mapFromScene(item.spot((item.ports.outlets if outlet else item.ports.inlets)[0]))


def _fix_button(window: MainWindow, node: str) -> QPushButton | None:
    for row in found(window, ProblemsPanel).rows:
        if row.problem.node == node and row.problem.severity == "error" and row.buttons:
            return row.buttons[0]
    return None
