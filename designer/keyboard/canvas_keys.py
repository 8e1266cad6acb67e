"""The keys of the canvas: heard before Qt takes Tab for itself, and looked up in the one table of all commands."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QKeyEvent

from designer.canvas import commands
from designer.canvas.walking import Trail, Way, first_input, last_output, nearest_to, wires_at
from designer.document import Document
from designer.keyboard.connecting import connect, disconnect
from designer.keyboard.hint_line import HintLine
from designer.keyboard.keymap import keymap
from designer.keyboard.pressing import pressed
from designer.keyboard.speech import announce, listening, selection_words
from designer.theme.tokens import GRID, STEP
from engine.graph import Wire
from engine.text import tr

if TYPE_CHECKING:
    from designer.canvas.view import Canvas

WAYS: dict[Way, tuple[int, int]] = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
WALKS: dict[Way, str] = {
    "up": "select_previous",
    "down": "select_next",
    "left": "select_left",
    "right": "select_right",
}
STRIDE = 3 * GRID


class Mode(Protocol):
    """What has the keys to itself while it lasts, such as connecting."""

    def key(self, event: QKeyEvent) -> bool:
        """Takes a key; False where it means nothing here."""


class CanvasKeys(QObject):
    """Walks, selects, moves and scrolls by keys; hands every other key to the command that the keymap names."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas, self._stage = canvas, canvas.stage
        self._document: Document = canvas.document
        self._trail = Trail()
        self._here = ""
        self.mode: Mode | None = None
        self.hint = HintLine(canvas)
        self._stage.installEventFilter(self)
        self._document.selected.connect(self._speak)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What this carries out, by the commands' ids."""
        found: dict[str, Callable[[], object]] = {
            "first_input": lambda: self._show(first_input(self._document.graph)),
            "last_output": lambda: self._show(last_output(self._document.graph)),
            "connect": lambda: connect(self._canvas),
            "disconnect": lambda: disconnect(self._canvas),
            "next_wire": lambda: self.next_wire(1),
            "previous_wire": lambda: self.next_wire(-1),
        }
        for way, (x, y) in WAYS.items():
            found[WALKS[way]] = lambda way=way: self.walk(way)  # type: ignore[misc]
            found[f"extend_{way}"] = lambda way=way: self.walk(way, extend=True)  # type: ignore[misc]
            found[f"nudge_{way}"] = lambda x=x, y=y: self._nudge(x * GRID, y * GRID)  # type: ignore[misc]
            found[f"inch_{way}"] = lambda x=x, y=y: self._nudge(x * STEP, y * STEP)  # type: ignore[misc]
            found[f"scroll_{way}"] = lambda x=x, y=y: self._stage.scroll_by(QPoint(x, y) * STRIDE)  # type: ignore[misc]
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self.mode and self.mode.key(event):
                return True
            return self._call(event)
        return False

    def walk(self, way: Way, extend: bool = False) -> None:
        """Selects what lies that way; at first what is nearest to the middle of the view."""
        graph, selection = self._document.graph, self._document.selection
        if self._document.selected_wires and not selection:
            self._leave_wire(way)
            return
        here = self.current()
        if here is None:
            self._show(nearest_to(graph, self._stage.seen().center()))
            return
        there = self._trail.step(graph, here, way)
        if there is None:
            self.tell(tr("Nothing lies that way."))
        elif extend:
            self._here = there
            self._document.select(selection | {there})
            self._stage.bring(self._stage.drawing.nodes[there].card())
        else:
            self._show(there)

    def current(self) -> str | None:
        """The node that the keys start from: the one last walked to, of those selected."""
        selection = self._document.selection
        return self._here if self._here in selection else min(selection, default=None)

    def next_wire(self, step: int) -> None:
        """Selects the node's next wire; where a wire is selected, the next of the node that it was come to from."""
        graph, chosen = self._document.graph, min(self._document.selected_wires, default=None)
        here = self.current()
        if here is None and chosen:
            here = self._here if self._here in (chosen.source.node, chosen.target.node) else chosen.target.node
        wires = wires_at(graph, here) if here else list(graph.wires())
        if not wires:
            self.tell(tr("There is no wire here."))
            return
        at = wires.index(chosen) + step if chosen in wires else 0 if step > 0 else -1
        self._here = here or ""
        self._select_wire(wires[at % len(wires)])

    def tell(self, words: str) -> None:
        """Says in the window's status line, and to a screen reader, what came of a key."""
        self._canvas.told.emit(words)
        announce(self._stage, words)

    def _call(self, event: QKeyEvent) -> bool:
        for keys in pressed(event):
            if id := keymap.command(keys):
                action = self._canvas.actions_by_id.get(id)
                action.trigger() if action else self._canvas.called.emit(id)
                return True
        return False

    def _show(self, name: str | None) -> None:
        if name is not None:
            self._here = name
            self._canvas.show_node(name)

    def _nudge(self, x: int, y: int) -> None:
        if self._document.selection:
            commands.nudge(self._document, x, y)

    def _select_wire(self, wire: Wire) -> None:
        self._document.select((), {wire})
        item = self._stage.drawing.wires.get(wire)
        if item:
            self._stage.bring(item.path().boundingRect())

    def _leave_wire(self, way: Way) -> None:
        """From a wire, up leads to where it comes from, down to where it goes, aside to another wire."""
        wire = min(self._document.selected_wires)
        if way in ("left", "right"):
            self.next_wire(1 if way == "right" else -1)
        else:
            self._show(wire.source.node if way == "up" else wire.target.node)

    def _speak(self, _: object) -> None:
        if listening():
            announce(self._stage, selection_words(self._document))
