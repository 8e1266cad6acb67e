"""The design workspace: palette, canvas, code and inspector side by side."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from designer.canvas.view import Canvas
from designer.document import Document
from designer.theme import tokens
from designer.window.later import Later
from designer.window.settings import remember, remembered, settings
from engine.text import tr

if TYPE_CHECKING:
    from designer.code.view import CodeView
    from designer.inspector.inspector import Inspector
    from designer.outline.panel import Outline
    from designer.palette.palette import Palette

SIDES, WISHED = "design/sides", "design/wished"
NARROWEST = 0.61
CODE_SHARE = 0.45


class DesignWorkspace(QWidget):
    """Four panels of which all but the canvas fold away. `panels_changed` tells that one was folded or shown.

    Panels are made when they are first seen; `palette_side` and the like are their places. `save_code` asks for the
    source to be saved; `called` and `told` are the outline's: the id of a command for the window, and what was done.
    """

    panels_changed = Signal()
    save_code = Signal()
    called = Signal(str)
    told = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.canvas = Canvas(document)
        self.palette_side, self.outline_side = Later(self._make_palette), Later(self._make_outline)
        self.code_side, self.inspector_side = Later(self._make_code), Later(self._make_inspector)
        self.left = QTabWidget()
        self.left.setDocumentMode(True)
        self.left.tabBar().setDrawBase(False)
        self.left.addTab(self.palette_side, tr("Layers"))
        self.left.addTab(self.outline_side, tr("Outline"))
        self.sides = QSplitter(Qt.Orientation.Horizontal)
        self.sides.setHandleWidth(1)
        for panel in (self.left, self.canvas, self.code_side, self.inspector_side):
            self.sides.addWidget(panel)
            self.sides.setCollapsible(self.sides.count() - 1, False)
        self.sides.setStretchFactor(1, 1)
        self.left.setMinimumWidth(40 * tokens.STEP)
        self.inspector_side.setMinimumWidth(57 * tokens.STEP)
        self.code_side.setMinimumWidth(50 * tokens.STEP)
        self.code_side.hide()
        self._wished = (tokens.PALETTE_WIDTH, tokens.INSPECTOR_WIDTH)
        self._least, self._code_share = NARROWEST, CODE_SHARE
        self.sides.splitterMoved.connect(self._note_widths)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sides)

    @property
    def palette_panel(self) -> "Palette":
        """The list of layers."""
        return self.palette_side.panel()

    @property
    def outline(self) -> "Outline":
        """The tree of the network."""
        return self.outline_side.panel()

    @property
    def code(self) -> "CodeView":
        """The source of the network."""
        return self.code_side.panel()

    @property
    def inspector(self) -> "Inspector":
        """The form of what is selected."""
        return self.inspector_side.panel()

    def show_panel(self, panel: QWidget, shown: bool) -> None:
        """Shows a panel or folds it away."""
        if panel is self.code_side and shown and not panel.isVisible():
            self._make_room()
        panel.setVisible(shown)
        self.panels_changed.emit()

    def restore(self, width: int) -> None:
        """Takes the widths of the last time, or, at the first, leaves the canvas six tenths at least."""
        kept = settings().value(SIDES)
        if isinstance(kept, QByteArray) and self.sides.restoreState(kept):
            self._take_widths(remembered(WISHED, ""))
            return
        share = (1 - NARROWEST) * width / (tokens.PALETTE_WIDTH + tokens.INSPECTOR_WIDTH)
        left, right = (round(size * min(1, share)) for size in (tokens.PALETTE_WIDTH, tokens.INSPECTOR_WIDTH))
        self.sides.setSizes([left, width - left - right, 0, right])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window becomes narrower, palette and inspector give way too, and take it back where it grows."""
        super().resizeEvent(event)
        sizes, width = self.sides.sizes(), self.width()  # the splitter may not know its width yet
        seen = [wish if size else 0 for wish, size in zip(self._wished, (sizes[0], sizes[3]), strict=True)]
        share = min(1, (1 - self._least) * width / max(1, sum(seen)))
        middle = width - sum(round(wish * share) for wish in seen)
        code = round(self._code_share * middle) if sizes[2] else 0
        left, right = (round(wish * share) for wish in self._wished)  # one that is folded away keeps its width too
        if [left, middle - code, code, right] != sizes:
            self.sides.setSizes([left, middle - code, code, right])

    def keep(self) -> None:
        """Remembers the widths."""
        remember(SIDES, self.sides.saveState())
        remember(WISHED, f"{self._wished[0]} {self._wished[1]} {int(100 * self._least)}")

    def _note_widths(self) -> None:
        """What a person has chosen holds: how wide the sides are, and how little is left for the canvas."""
        left, canvas, code, right = self.sides.sizes()
        self._wished = (left or self._wished[0], right or self._wished[1])
        self._least = min(NARROWEST, (canvas + code) / max(1, left + canvas + code + right))
        self._code_share = code / (canvas + code) if code else self._code_share

    def _take_widths(self, written: str) -> None:
        """Those of the last time, where they can be read."""
        with suppress(ValueError):
            left, right, least = map(int, written.split())
            self._wished, self._least = (left, right), least / 100

    def _make_room(self) -> None:
        """The code takes its share of what the canvas has; the sides stay as they are."""
        left, middle, _, right = self.sides.sizes()
        self.code_side.show()
        self.sides.setSizes([left, middle - round(CODE_SHARE * middle), round(CODE_SHARE * middle), right])

    def _make_palette(self) -> "Palette":
        from designer.palette.palette import Palette

        return Palette(self._document)

    def _make_outline(self) -> "Outline":
        from designer.outline.panel import Outline

        outline = Outline(self._document)
        outline.called.connect(self.called)
        outline.told.connect(self.told)
        return outline

    def _make_code(self) -> "CodeView":
        from designer.code.view import CodeView

        code = CodeView(self._document)
        code.asked.connect(self.canvas.show_node)
        code.save.connect(self.save_code)
        return code

    def _make_inspector(self) -> "Inspector":
        from designer.inspector.inspector import Inspector

        return Inspector(self._document)
