"""Drawing a wire from port to port, in either direction, and taking one off an input."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from designer.canvas import commands, fits
from designer.canvas.gestures.base import Gesture, Pointer
from designer.canvas.hits import end_at, node_at
from designer.canvas.node_item import Mood, NodeItem
from designer.canvas.ports import End
from designer.canvas.wire_item import WIDTH, curve
from designer.theme import theme
from engine.check.fitting import Wiring
from engine.graph import Inlet, Outlet, Wire, edits
from engine.text import Text, say

if TYPE_CHECKING:
    from designer.canvas.stage import Stage


class DrawWire(Gesture):
    """One end is fixed, the other follows the mouse. Pressed on an input that has a wire, it takes that wire off.

    A wire whose shape does not fit may still be dropped: the checker then says why, and offers what mends it.
    """

    edges = True

    def __init__(self, stage: "Stage", start: Pointer, end: End) -> None:
        super().__init__(stage, start)
        graph = self.document.graph
        source = graph.source(end) if isinstance(end, Inlet) else None
        self._old = Wire(source, end) if source and isinstance(end, Inlet) else None
        self._fixed: End = self._old.source if self._old else end
        self._graph = edits.disconnect(graph, self._old.target) if self._old else graph
        self._wiring = Wiring(self._graph, self.document.report)
        self._faults: dict[End, Text | None] = {}
        self._lit: list[NodeItem] = []
        self._seen = QRectF()
        self._shown: QGraphicsPathItem | None = None

    def move(self, at: Pointer) -> None:
        if self._shown is None:
            self._begin()
        target = self._target(at.scene)
        self._light(target)
        self._draw(at.scene, target)
        why = self._fault(target) if target else None
        self.stage.hint(say(why) if why else "", at.view)

    def end(self, at: Pointer) -> None:
        target = self._target(at.scene)
        self._clear()
        self.scene.hover(node_at(self.scene, at.scene))  # the mouse has left the card that it began at
        if target is not None:
            self._join(target, at)
        elif self._old:
            commands.disconnect(self.document, [self._old])
        else:
            self.stage.offer_layers(self._fixed, at)

    def cancel(self) -> None:
        self._clear()

    def _begin(self) -> None:
        self._shown = QGraphicsPathItem()
        pen = QPen(QColor(theme.tokens.accent), WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        self._shown.setPen(pen)
        self._shown.setZValue(5)
        self.scene.addItem(self._shown)
        if self._old:
            self.scene.wires[self._old].show_faint(True)

    def _target(self, point: QPointF) -> End | None:
        """The port under the mouse, or the best port of the card under it."""
        end = end_at(self.scene, point)
        if end is not None and fits.joined(self._fixed, end):
            return end
        name = node_at(self.scene, point)
        if name is None or name == self._fixed.node:
            return None
        item = self.scene.nodes[name]
        ends = [end for end in item.ports.ends if fits.joined(self._fixed, end)]
        wired = item.wired - (set(self._old) if self._old else set())
        return min(ends, key=lambda end: (self._fault(end) is not None, end in wired), default=None)

    def _fault(self, end: End) -> Text | None:
        if end not in self._faults:
            self._faults[end] = fits.fault(self._wiring, self._fixed, self._here(end))
        return self._faults[end]

    def _here(self, end: End) -> End:
        """The port as it is called once the old wire is off."""
        if (
            self._old
            and isinstance(end, Inlet)
            and end[:2] == self._old.target[:2]
            and end.slot > self._old.target.slot
        ):
            return end._replace(slot=end.slot - 1)
        return end

    def _light(self, target: End | None) -> None:
        seen = self.stage.seen()
        if seen != self._seen:
            self._seen = seen
            self._lit = list(dict.fromkeys((*self._lit, *self.scene.cards_in(seen))))
        for item in self._lit:
            item.show_moods({end: self._mood(end, target) for end in item.ports.ends})
        self.scene.tell()

    def _mood(self, end: End, target: End | None) -> Mood:
        if end in (target, self._fixed):
            return Mood.TARGET
        if end.node == self._fixed.node or not fits.joined(self._fixed, end) or self._fault(end):
            return Mood.DIM
        return Mood.FITS

    def _draw(self, point: QPointF, target: End | None) -> None:
        fixed = self.scene.nodes[self._fixed.node].spot(self._fixed)
        free = self.scene.nodes[target.node].spot(target) if target else point
        ends = (fixed, free) if isinstance(self._fixed, Outlet) else (free, fixed)
        if self._shown:
            self._shown.setPath(curve(*ends, flow=self.document.graph.flow))

    def _join(self, target: End, at: Pointer) -> None:
        ends = fits.joined(self._fixed, target)
        if ends is None or fits.impossible(self._graph, self._fixed, target):
            why = self._fault(target)
            self.stage.hint(say(why) if why else "", at.view, fades=True)
        elif self._old:
            commands.replug(self.document, self._old.target, ends[1])
        else:
            commands.connect(self.document, *ends)

    def _clear(self) -> None:
        for item in self._lit:
            item.show_moods({})
        if self._shown:
            self.scene.removeItem(self._shown)
            self._shown = None
        if self._old and self._old in self.scene.wires:
            self.scene.wires[self._old].show_faint(False)
        self.scene.tell()
        self.stage.hint("", self.origin.view)
