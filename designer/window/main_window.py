"""The main window: top bar, workspaces, bottom panel and status line around one document."""

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from designer.document import Document
from designer.dragged import dragged_project
from designer.theme.labels import line
from designer.window.bottom import BottomPanel
from designer.window.commands import Actions
from designer.window.design import DesignWorkspace
from designer.window.files import Files
from designer.window.settings import remember, settings
from designer.window.spaces import Spaces
from designer.window.status import StatusBar
from designer.window.top_bar import TopBar
from designer.workers import Workers

GEOMETRY, ROWS = "window/geometry", "window/rows"
DEFAULT_SIZE = (1440, 900)
BOTTOM_HEIGHT = 150


class MainWindow(QMainWindow):
    """Holds the parts; `designer.window.wiring` connects them.

    `painted` comes once, after the first paint; `closed` when the window closes and all was agreed to.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, document: Document | None = None, workers: Workers | None = None) -> None:
        super().__init__()
        self.document = document or Document()
        self.document.setParent(self)  # what listens to it holds the window, and goes with it
        self.workers = workers or Workers(self)
        self.commands = Actions(self)
        self.files = Files(self.document, self)
        self.design = DesignWorkspace(self.document)
        self.spaces = Spaces(self.document, self.workers, self.design)
        self.top = TopBar(self.commands)
        self.bottom = BottomPanel()
        self.status = StatusBar(self.document)
        self.may_close = self.files.may_leave
        self._painted = False
        self._lay_out()
        self.setAcceptDrops(True)

    def restore(self) -> None:
        """Takes the place, size and panels of the last time."""
        kept = settings().value(GEOMETRY)
        if not (isinstance(kept, QByteArray) and self.restoreGeometry(kept)):
            room = self.screen().availableSize()
            self.resize(min(DEFAULT_SIZE[0], room.width()), min(DEFAULT_SIZE[1], room.height()))
        self.design.restore(self.width())
        rows = settings().value(ROWS)
        if not (isinstance(rows, QByteArray) and self.rows.restoreState(rows)):
            self.rows.setSizes([self.height() - BOTTOM_HEIGHT, BOTTOM_HEIGHT])

    def event(self, event: QEvent) -> bool:
        """Tells of the first paint as soon as it is done."""
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes only where nothing is lost by it, and remembers how the window stood."""
        if not self.may_close():
            event.ignore()
            return
        remember(GEOMETRY, self.saveGeometry())
        remember(ROWS, self.rows.saveState())
        self.design.keep()
        self.hide()  # a training that ends takes seconds to write its checkpoint
        self.closed.emit()
        self.workers.close()
        self.document.undo_stack.blockSignals(True)  # it speaks when it is destroyed, and nobody is there to listen
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_project(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A project file that is dropped is opened once the drag is over: a question must not stop the other window."""
        if path := dragged_project(event):
            event.acceptProposedAction()
            QTimer.singleShot(0, lambda: self.files.open(path))

    def _lay_out(self) -> None:
        self.rows = QSplitter(Qt.Orientation.Vertical)
        self.rows.setHandleWidth(1)
        self.rows.addWidget(self.spaces)
        self.rows.addWidget(self.bottom)
        self.rows.setStretchFactor(0, 1)
        self.rows.setCollapsible(0, False)
        self.rows.setCollapsible(1, False)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(line())
        column.addWidget(self.rows, 1)
        self.setCentralWidget(page)
        self.setStatusBar(self.status)
