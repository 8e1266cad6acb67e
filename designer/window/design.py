"""The design workspace: palette, canvas, code and inspector side by side."""

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from designer.canvas.view import Canvas
from designer.code.view import CodeView
from designer.document import Document
from designer.inspector.inspector import Inspector
from designer.outline.panel import Outline
from designer.palette.palette import Palette
from designer.theme import tokens
from designer.window.settings import remember, settings
from engine.text import tr

SIDES = "design/sides"
NARROWEST = 0.61
CODE_SHARE = 0.45


class DesignWorkspace(QWidget):
    """Four panels of which all but the canvas fold away. `panels_changed` tells that one was folded or shown."""

    panels_changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.canvas = Canvas(document)
        self.palette_panel = Palette(document)
        self.outline = Outline(document)
        self.left = QTabWidget()
        self.left.setDocumentMode(True)
        self.left.tabBar().setDrawBase(False)
        self.left.addTab(self.palette_panel, tr("Layers"))
        self.left.addTab(self.outline, tr("Outline"))
        self.inspector = Inspector(document)
        self.code = CodeView(document)
        self.code.asked.connect(self.canvas.show_node)
        self.sides = QSplitter(Qt.Orientation.Horizontal)
        self.sides.setHandleWidth(1)
        for panel in (self.left, self.canvas, self.code, self.inspector):
            self.sides.addWidget(panel)
            self.sides.setCollapsible(self.sides.count() - 1, False)
        self.sides.setStretchFactor(1, 1)
        self.left.setMinimumWidth(40 * tokens.STEP)
        self.inspector.setMinimumWidth(57 * tokens.STEP)
        self.code.setMinimumWidth(50 * tokens.STEP)
        self.code.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sides)

    def show_panel(self, panel: QWidget, shown: bool) -> None:
        """Shows a panel or folds it away."""
        if panel is self.code and shown and not panel.isVisible():
            self._make_room()
        panel.setVisible(shown)
        self.panels_changed.emit()

    def restore(self, width: int) -> None:
        """Takes the widths of the last time, or, at the first, leaves the canvas six tenths at least."""
        kept = settings().value(SIDES)
        if isinstance(kept, QByteArray) and self.sides.restoreState(kept):
            return
        share = (1 - NARROWEST) * width / (tokens.PALETTE_WIDTH + tokens.INSPECTOR_WIDTH)
        left, right = (round(size * min(1, share)) for size in (tokens.PALETTE_WIDTH, tokens.INSPECTOR_WIDTH))
        self.sides.setSizes([left, width - left - right, 0, right])

    def keep(self) -> None:
        """Remembers the widths."""
        remember(SIDES, self.sides.saveState())

    def _make_room(self) -> None:
        """The code takes its share of what the canvas has; the sides stay as they are."""
        left, middle, _, right = self.sides.sizes()
        self.code.show()
        self.sides.setSizes([left, middle - round(CODE_SHARE * middle), round(CODE_SHARE * middle), right])
