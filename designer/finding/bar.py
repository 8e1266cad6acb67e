"""The field that finds nodes: it lies over a corner of the canvas; Enter goes from one that was found to the next."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from designer.canvas.view import Canvas
from designer.document import Document
from designer.theme.buttons import icon_button
from designer.theme.labels import Label
from designer.theme.tokens import STEP
from engine.blocks import BlockLayer
from engine.blocks.finding import find_deep
from engine.check.finding import find
from engine.text import tr

WIDTH = 110 * STEP
AWAY = 3 * STEP
PAUSE_MS = 60
MOST_BLOCKS = 200  # in a drawing: to look into more takes longer than a moment


class FindBar(QFrame):
    """Shown by `open`; Esc closes it. What was found last stays selected."""

    def __init__(self, document: Document, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._document, self._canvas = document, canvas
        self.field = QLineEdit()
        self.count = Label("", "secondary")
        self.found: list[str] = []
        self.deeper: list[tuple[str, ...]] = []
        """What is found in blocks: the instances that lead there, and the node."""
        self.at = -1
        self._asked_anew = False
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self.refresh)
        self.next = icon_button("caret-down", tr("Next one found (Enter)"), lambda: self.step(1))
        self.previous = icon_button("caret-up", tr("Previous one found (Shift+Enter)"), lambda: self.step(-1))
        self.all = icon_button("selection-all", tr("Select all that were found (Alt+Enter)"), self.select_all)
        self.close_button = icon_button("x", tr("Close (Esc)"), self.leave)
        self._lay_out()
        self.field.textEdited.connect(self._retyped)
        self.field.textChanged.connect(lambda _: self._soon.start())
        document.reported.connect(self._follow)
        canvas.installEventFilter(self)
        self.field.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Shows the bar with its text selected."""
        self.show()
        self._place()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.refresh()

    def leave(self) -> None:
        """Hides the bar; the canvas has the keys again."""
        self.hide()
        self._canvas.setFocus()

    def refresh(self) -> None:
        """Finds again: the text or the drawing is another."""
        self._soon.stop()
        self.found = find(self._document.graph, self._document.report, self.field.text())
        self.deeper = self._in_blocks() if self.field.text().strip() else []
        chosen = next(iter(self._document.selection), "") if len(self._document.selection) == 1 else ""
        self.at = self.found.index(chosen) if chosen in self.found else -1
        self._say()

    def step(self, by: int) -> None:
        """Goes to the next that was found, or to the one before; after the last comes the first.

        Where nothing was found here, it goes into the block where something was.
        """
        if self._soon.isActive():
            self.refresh()
        called = self.field.text().strip().casefold()
        if self._asked_anew and by > 0 and self.found and self.found[0].casefold() == called:
            self.at = -1  # a layer that is called so comes first, also where it is selected already
        self._asked_anew = False
        if self.found:
            self.at = (self.at + by) % len(self.found) if self.at >= 0 or by > 0 else len(self.found) - 1
            self._canvas.show_node(self.found[self.at])
        elif self.deeper:
            *way, name = self.deeper[0]
            self._document.go((*self._document.where, *way), [name])
            self._canvas.show_node(name)
            self.refresh()
        self._say()

    def _in_blocks(self) -> list[tuple[str, ...]]:
        graph = self._document.context.graph
        count = sum(isinstance(node.layer, BlockLayer) for node in graph.nodes.values())
        if not 0 < count <= MOST_BLOCKS:
            return []
        found = find_deep(graph, self._document.report, self.field.text())
        return [one.way for one in found if len(one.way) > 1]

    def select_all(self) -> None:
        """Selects all that were found, so that something can be done to them together."""
        self.refresh()
        if self.found:
            self._document.select(self.found)
            self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._takes(event)
        return False

    def _retyped(self, _: str) -> None:
        self._asked_anew = True

    def _follow(self, _: object) -> None:
        if self.isVisible():
            self._place()
            self._soon.start()

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether a key of the field is the bar's."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if held == Qt.KeyboardModifier.AltModifier:
                self.select_all()
            else:
                self.step(-1 if held == Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        return False

    def _say(self) -> None:
        if not self.field.text().strip():
            words = ""
        elif not self.found and self.deeper:
            words = tr("none here, {count} in blocks", count=len(self.deeper))
        elif not self.found:
            words = tr("none found")
        elif self.at < 0 and self.deeper:
            words = tr("{count} found, {more} in blocks", count=len(self.found), more=len(self.deeper))
        elif self.at < 0:
            words = tr("{count} found", count=len(self.found))
        else:
            words = tr("{number} of {count}", number=self.at + 1, count=len(self.found))
        self.count.setText(words)
        self.field.setAccessibleDescription(words)
        for button in (self.next, self.previous):
            button.setEnabled(bool(self.found or self.deeper))
        self.all.setEnabled(bool(self.found))

    def _place(self) -> None:
        width = min(WIDTH, self._canvas.width() - 2 * AWAY)
        box = QRect(self._canvas.width() - width - AWAY, AWAY, width, self.sizeHint().height())
        way = self._canvas.blocks.breadcrumb
        if way.isVisible() and way.geometry().intersects(box):
            box.moveTop(way.geometry().bottom() + 2 * STEP)
        self.setGeometry(box)

    def _lay_out(self) -> None:
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Find layers"))
        self.field.setPlaceholderText(tr("Find: conv, 64, out_channels=64, 64x56x56"))
        self.field.setAccessibleName(tr("Find layers by name, type, parameter or shape"))
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        row.setSpacing(STEP)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        for button in (self.previous, self.next, self.all, self.close_button):
            row.addWidget(button)
