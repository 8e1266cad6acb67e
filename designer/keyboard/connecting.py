"""Drawing a wire with the keys alone: from the selected node to one after another, until Enter takes it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from designer.canvas import commands, fits
from designer.canvas.gestures.base import Gesture, Pointer
from designer.canvas.node_item import Mood, NodeItem
from designer.canvas.ports import End, ports_of
from designer.canvas.wire_item import WIDTH, curve
from designer.canvas.words import wire_words
from designer.keyboard.candidates import Choice, Target, targets
from designer.keyboard.speech import announce
from designer.theme import theme
from designer.theme.tokens import GRID
from engine.graph import Inlet, Outlet, Wire
from engine.text import say, tr

if TYPE_CHECKING:
    from designer.canvas.view import Canvas

READABLE = 0.6
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
PORTS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class Connecting(Gesture):
    """One end is that of the selected node; the arrows choose the other. Nothing changes before Enter.

    Up and down go from node to node, left and right from port to port, digits choose the port to start from, letters
    search a node by its name, Tab adds a layer here.
    """

    def __init__(self, canvas: "Canvas", ends: tuple[End, ...]) -> None:
        middle = canvas.stage.viewport().rect().center()
        super().__init__(canvas.stage, Pointer(canvas.stage.mapToScene(middle), middle))
        self._canvas, self._ends, self._fixed = canvas, ends, ends[0]
        self._words = ""
        self._targets: list[Target] = targets(self.document, self._fixed)
        self._at = self._port = 0
        self._lit: list[NodeItem] = []
        self._shown = QGraphicsPathItem()
        self._shown.setZValue(5)
        self.scene.addItem(self._shown)

    @property
    def choice(self) -> Choice | None:
        """The end that Enter would take."""
        if not self._targets:
            return None
        choices = self._targets[self._at].choices
        return choices[self._port % len(choices)]

    def key(self, event: QKeyEvent) -> bool:
        """Takes every key but those held with Ctrl or Alt."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.stage.cancel()
            self._canvas.keys.tell(tr("Nothing was connected."))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._join()
        elif key == Qt.Key.Key_Tab:
            self._add()
        elif not self._move(key):
            self._type(event)
        return True

    def show(self) -> None:
        """Draws the wire as it would be, lights up the ports, and says what Enter would do."""
        choice = self.choice
        if choice:
            self.stage.bring(self.scene.nodes[choice.end.node].card())
        self._light(choice)
        self._draw(choice)
        words = self._says(choice)
        ends = [end.node for end in (self._fixed, choice.end if choice else self._fixed)]
        boxes = [self.stage.mapFromScene(self.scene.nodes[name].card()).boundingRect() for name in ends]
        self._canvas.keys.hint.say(words, boxes[0].united(boxes[1]) if choice else boxes[0])
        announce(self.stage, words)

    def click(self, at: Pointer) -> None:
        self.cancel()

    def end(self, at: Pointer) -> None:
        self.cancel()

    def cancel(self) -> None:
        """Leaves everything as it was."""
        for item in self._lit:
            item.show_moods({})
        self.scene.tell()
        if self._shown.scene():
            self.scene.removeItem(self._shown)
        self._canvas.keys.hint.say("")
        self._canvas.keys.mode = None

    def _move(self, key: Qt.Key) -> bool:
        number = key - Qt.Key.Key_1
        if key in STEPS and self._targets:
            self._at, self._port = (self._at + STEPS[key]) % len(self._targets), 0
        elif key in PORTS:
            self._port += PORTS[key]
        elif 0 <= number < len(self._ends) > 1:
            self._fixed = self._ends[number]
            self._search("")
        elif key not in STEPS:
            return False
        self.show()
        return True

    def _type(self, event: QKeyEvent) -> None:
        """Letters search a node, Backspace takes the last one away."""
        if event.key() == Qt.Key.Key_Backspace:
            self._search(self._words[:-1])
        elif event.text().strip() and event.text().isprintable():
            self._search(self._words + event.text())
        else:
            return
        self.show()

    def _search(self, words: str) -> None:
        self._words = words
        self._targets = targets(self.document, self._fixed, words)
        self._at = self._port = 0

    def _add(self) -> None:
        """Leaves, and offers the layers for this port."""
        fixed, item = self._fixed, self.scene.nodes[self._fixed.node]
        self.stage.cancel()
        card, leaves = item.card(), isinstance(fixed, Outlet)
        corner = card.bottomLeft() if leaves else card.topLeft()
        if self.document.graph.flow == "right":
            corner = item.spot(fixed) + QPointF(3 * GRID if leaves else -3 * GRID, 0)
        self.stage.offer_layers(fixed, self.stage.pointer_at(self.stage.mapFromScene(corner).toPointF()))

    def _join(self) -> None:
        choice = self.choice
        ends = fits.joined(self._fixed, choice.end) if choice else None
        if choice is None or ends is None:
            return
        if fits.impossible(self.document.graph, *ends):
            self._canvas.keys.tell(say(choice.fault) if choice.fault else "")
            return
        self.stage.cancel()
        if commands.connect(self.document, *ends):
            self._canvas.keys.tell(tr("Connected {wire}.", wire=wire_words(Wire(*ends))))

    def _says(self, choice: Choice | None) -> str:
        """Two lines: what would be connected and how it fits, and what the keys do."""
        ways = tr("↑ ↓ layer · ← → port · letters search · Enter connects · Tab adds a layer · Esc leaves")
        if len(self._ends) > 1:
            ways = tr("1–{count} output · {ways}", count=len(self._ends), ways=ways)
        if choice is None:
            none = tr("No layer here is called “{words}”.", words=self._words) if self._words else _nowhere(self._fixed)
            return f"{none}\n{ways}"
        ends = fits.joined(self._fixed, choice.end)
        head = tr("Connect {source} → {target}", source=_end_words(ends[0]), target=_end_words(ends[1])) if ends else ""
        return f"{head} · {self._how(choice)}\n{ways}"

    def _how(self, choice: Choice) -> str:
        if choice.fault:
            return tr("does not fit: {reason}", reason=choice.fault)
        old = self.document.graph.source(choice.end) if isinstance(choice.end, Inlet) else None
        return tr("fits, in place of {node}", node=old.node) if old else tr("fits")

    def _draw(self, choice: Choice | None) -> None:
        self._shown.setVisible(choice is not None)
        if choice is None:
            return
        style = Qt.PenStyle.DashLine if choice.fault else Qt.PenStyle.SolidLine
        colour = theme.tokens.problem if choice.fault else theme.tokens.accent
        self._shown.setPen(QPen(QColor(colour), WIDTH + 1, style, Qt.PenCapStyle.RoundCap))
        here, there = (self.scene.nodes[end.node].spot(end) for end in (self._fixed, choice.end))
        ends = (here, there) if isinstance(self._fixed, Outlet) else (there, here)
        self._shown.setPath(curve(*ends, flow=self.document.graph.flow))

    def _light(self, choice: Choice | None) -> None:
        for item in self._lit:
            item.show_moods({})
        fitting = {c.end for target in self._targets if target.fits for c in target.choices if not c.fault}
        self._lit = self.scene.cards_in(self.stage.seen())
        for item in self._lit:
            item.show_moods({end: self._mood(end, choice, fitting) for end in item.ports.ends})
        self.scene.tell()

    def _mood(self, end: End, choice: Choice | None, fitting: set[End]) -> Mood:
        if end == self._fixed or (choice and end == choice.end):
            return Mood.TARGET
        return Mood.FITS if end in fitting else Mood.DIM


def connect(canvas: "Canvas") -> None:
    """Starts connecting from the selected node: from its outputs, or its inputs where it has none."""
    name = canvas.keys.current()
    if name is None:
        canvas.keys.tell(tr("Select the layer to connect first."))
        return
    ports = ports_of(name, canvas.document.graph.nodes[name])
    ends: tuple[End, ...] = ports.outlets or ports.inlets
    if not ends:
        canvas.keys.tell(tr("{node} has nothing to connect.", node=name))
        return
    if canvas.stage.drawing.far:
        canvas.stage.zoom_to(READABLE, QPoint(canvas.stage.mapFromScene(canvas.stage.drawing.nodes[name].pos())))
    gesture = Connecting(canvas, ends)
    canvas.stage.begin(gesture)
    canvas.keys.mode = gesture
    gesture.show()


def disconnect(canvas: "Canvas") -> None:
    """Takes the selected wires away; with a node selected, goes to its first wire to choose one."""
    document = canvas.document
    wires = sorted(document.selected_wires)
    if wires:
        if commands.disconnect(document, wires):
            document.select({wires[0].target.node})
            canvas.keys.tell(tr("Disconnected {wires}.", wires=", ".join(map(wire_words, wires))))
        return
    canvas.keys.next_wire(1)
    if document.selected_wires:
        canvas.keys.tell(tr("The same keys again take this wire away; left and right choose another."))


def _end_words(end: End) -> str:
    return end.node if end.port in ("output", "value", "image") else f"{end.node}.{end.port}"


def _nowhere(end: End) -> str:
    return tr("There is nothing to connect {node} with yet.", node=end.node)
