"""Shows on the canvas what a fix would do, while the mouse or the focus rests on it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QMenu

from designer.canvas.far import NEAR
from designer.keyboard.hint_line import HintLine
from designer.theme import fonts, theme
from designer.theme.tokens import STEP
from engine.check.report import Suggestion
from engine.text import Failure, say

if TYPE_CHECKING:
    from designer.canvas.view import Canvas
    from designer.preview.foreseen import Foreseen, Foresight
    from designer.preview.inset import Inset

PAUSE_MS = 80
PILL = 5 * STEP


class Preview(QObject):
    """Paints over the drawing until `show` is called with None, or the drawing changes."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document, self._stage, self._scene = canvas.document, canvas.stage, canvas.stage.drawing
        self._foresight: Foresight | None = None
        self._line = HintLine(canvas)
        self.inset: Inset | None = None
        self._asked: Suggestion | None = None
        self.foreseen: Foreseen | None = None
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self._look)
        self._scene.above.append(self.paint)
        self._document.reported.connect(self._forget)

    def show(self, fix: Suggestion | None) -> None:
        """Shows what a fix would do, after a moment; None takes it away at once."""
        self._asked = fix
        if fix is None:
            self._soon.stop()
            self._take(None)
        else:
            self._soon.start()

    def follow(self, menu: QMenu) -> None:
        """Shows the fix of a menu that the mouse or the keys are on."""
        menu.hovered.connect(lambda action: self.show(fix if isinstance(fix := action.data(), Suggestion) else None))
        menu.aboutToHide.connect(lambda: self.show(None))

    def paint(self, painter: QPainter, seen: QRectF, zoom: float) -> None:
        """Paints what differs."""
        if self.foreseen is None:
            return
        from designer.compare.painting import paint_cards, paint_far, paint_strands

        cards = [card for card in self.foreseen.cards if card.box.adjusted(-PILL, -PILL, PILL, PILL).intersects(seen)]
        if zoom < NEAR:
            paint_far(painter, cards, list(self.foreseen.strands), seen, zoom, "")
            return
        paint_strands(painter, self.foreseen.strands, seen)
        paint_cards(painter, cards, "")
        self._paint_shapes(painter, seen)

    def _paint_shapes(self, painter: QPainter, seen: QRectF) -> None:
        """The new shape of what comes out, below each card from which another comes."""
        assert self.foreseen
        font = fonts.numbers()
        painter.setFont(font)
        for name, words in self.foreseen.shapes.items():
            item = self._scene.nodes.get(name)
            if item is None:
                continue
            shown = f"→ {words}"
            width = fonts.width(shown, font) + 4 * STEP
            corner = QPointF(item.x + item.width / 2 + 2 * STEP, item.y + item.height + STEP)
            box = QRectF(corner.x(), corner.y(), width, PILL)
            if box.intersects(seen):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.tokens.accent))
                painter.drawRoundedRect(box, PILL / 2, PILL / 2)
                painter.setPen(QColor(theme.tokens.on_accent))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def _forget(self, _: object) -> None:
        """The drawing is another."""
        self.show(None)

    def _look(self) -> None:
        """Works out what is asked for; a fix that no longer fits shows nothing."""
        context, fix = self._document.context, self._asked
        if fix is None:
            return
        from designer.preview.foreseen import Foresight  # not before it is needed: a start has no time for it

        self._foresight = self._foresight or Foresight()
        try:
            inner = bool(self._document.where)
            found = self._foresight.foresee(context.graph, self._document.report, fix, inner)
        except (Failure, KeyError):
            found = None
        self._take(found)

    def _concerned(self) -> QRect:
        """Where on the canvas that is which one looks at: what differs, and what is selected."""
        boxes = [card.box for card in self.foreseen.cards] if self.foreseen else []
        boxes += [self._scene.nodes[name].card() for name in self._document.selection & self._scene.nodes.keys()]
        return self._stage.mapFromScene(_around(boxes)).boundingRect()

    def _show_inset(self) -> None:
        """What would change out of sight is shown in a picture of its own: only the person moves the canvas."""
        cards = self.foreseen.cards if self.foreseen else ()
        strands = self.foreseen.strands if self.foreseen else ()
        changing = _around([card.box for card in cards if card.kind] or [strand.box for strand in strands])
        if changing.isEmpty() or self._stage.seen().contains(changing):
            if self.inset:
                self.inset.hide()
            return
        from designer.preview.inset import Inset

        self._line.say(self._line.text())
        self.inset = self.inset or Inset(self._scene, self._line, self._canvas)
        self.inset.show_part(_around([changing, *(card.box for card in cards)]))

    def _take(self, foreseen: "Foreseen | None") -> None:
        if foreseen is None and self.foreseen is None:
            return
        self.foreseen = foreseen
        self._line.say(say(foreseen.words) if foreseen else "", self._concerned())
        self._scene.sheet.touch_all()
        self._scene.tell()
        self._show_inset()


def _around(boxes: Iterable[QRectF]) -> QRectF:
    all_ = QRectF()
    for box in boxes:
        all_ = all_.united(box)
    return all_
