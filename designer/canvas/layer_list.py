"""A list of layers with a search field that opens at a point of the canvas."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from designer.palette.ranking import ranked
from designer.palette.rows import HEIGHT, KIND, NOTE, RowDelegate
from designer.theme.labels import Label
from designer.theme.tokens import STEP
from engine.layers import About, catalogue
from engine.text import tr

WIDTH = 65 * STEP
ROWS = 9


class LayerList(QFrame):
    """Offers some layers first, and the others when they are searched. `chosen` carries the layer's id."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, kinds: Sequence[str], note: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._screen = parent.screen()
        self._kinds, self._note = list(kinds), note
        self.search = QLineEdit()
        self.list = QListWidget()
        self._nothing = Label(tr("No layer is called that."), "secondary", wrap=True)
        self._set_up()
        self.show_found("")

    def show_found(self, query: str) -> None:
        """Shows the layers that fit, best first; those that do not fit come after them when they are searched."""
        abouts = [catalogue()[kind].about for kind in self._kinds]
        others = [cls.about for kind, cls in catalogue().items() if kind not in self._kinds]
        found = ranked(query, abouts) + (ranked(query, others) if query.strip() else [])
        self.list.clear()
        for about in found:
            self.list.addItem(self._row(about))
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)

    def open_at(self, point: QPoint) -> None:
        """Shows the list with its corner at a point of the screen, moved so that all of it is in sight."""
        self.setFixedWidth(WIDTH)
        self.adjustSize()
        room = self._screen.availableGeometry()
        self.move(min(point.x(), room.right() - WIDTH), min(point.y(), room.bottom() - self.height()))
        self.show()
        self.search.setFocus()

    def choose(self) -> None:
        """Takes the current row."""
        item = self.list.currentItem()
        if item:
            kind = item.data(KIND)
            self.close()
            self.chosen.emit(kind)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
            return True
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step:
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
        return step is not None

    def _row(self, about: About) -> QListWidgetItem:
        item = QListWidgetItem(about.title)
        item.setData(KIND, about.id)
        item.setData(NOTE, "" if about.id in self._kinds else self._note)
        item.setToolTip(tr(about.summary))
        return item

    def _set_up(self) -> None:
        self.search.setPlaceholderText(tr("Search layers"))
        self.search.setAccessibleName(tr("Search layers"))
        self.search.textChanged.connect(self.show_found)
        self.search.installEventFilter(self)
        self.list.setAccessibleName(tr("Layers that fit"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setFixedHeight(ROWS * HEIGHT)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.itemClicked.connect(lambda _: self.choose())
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(self.search)
        column.addWidget(self._nothing)
        column.addWidget(self.list)
