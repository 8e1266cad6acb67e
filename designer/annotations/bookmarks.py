"""The list of bookmarks: Enter goes to one, F2 renames it, Del takes it away, a button keeps what is in sight."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from designer.annotations import commands
from designer.annotations.painting import rectangle
from designer.theme.labels import Label
from designer.theme.tokens import STEP
from engine.text import tr

if TYPE_CHECKING:
    from designer.canvas.view import Canvas

WIDTH = 65 * STEP
LOWEST, HIGHEST = 10 * STEP, 75 * STEP


class BookmarkList(QFrame):
    """Opens over the canvas; a click elsewhere closes it."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._canvas, self._document = canvas, canvas.document
        self.list = QListWidget()
        self.add = QPushButton(tr("Keep this view"))
        self.add.setAutoDefault(True)  # Enter presses it, as it goes to a bookmark
        self._says = Label(tr("Enter goes there · F2 renames · Del deletes"), "secondary", wrap=True)
        self._lay_out()
        self._fill()
        self.list.itemChanged.connect(self._renamed)
        self.list.itemClicked.connect(self._go)
        self.add.clicked.connect(lambda _checked: self._add())
        self.list.installEventFilter(self)
        self._document.changed.connect(self._fill)

    def open(self) -> None:
        """Shows the list at the upper left of the canvas."""
        self.setFixedWidth(WIDTH)
        self.adjustSize()
        self.move(self._canvas.mapToGlobal(QPoint(3 * STEP, 3 * STEP)))
        self.show()
        (self.list if self.list.count() else self.add).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        item = self.list.currentItem()
        if item is None or self.list.state() == QAbstractItemView.State.EditingState:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(item)
        elif event.key() == Qt.Key.Key_F2:
            self.list.editItem(item)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            commands.remove_bookmark(self._document, item.data(Qt.ItemDataRole.UserRole))
        else:
            return False
        return True

    def _fill(self, _: object = None) -> None:
        """Shows the bookmarks that there are, the current one kept."""
        row = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for id, bookmark in self._document.graph.annotations.bookmarks.items():
            item = QListWidgetItem(bookmark.title)
            item.setData(Qt.ItemDataRole.UserRole, id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        self.list.blockSignals(False)
        wanted = self.list.sizeHintForRow(0) * self.list.count() + 2 * STEP if self.list.count() else 0
        self.list.setVisible(bool(wanted))
        self.list.setFixedHeight(min(max(wanted, LOWEST), HIGHEST))
        some = tr("Enter goes there · F2 renames · Del deletes")
        self._says.setText(some if wanted else tr("A bookmark keeps a part of the canvas, to come back to."))
        self.adjustSize()

    def _go(self, item: QListWidgetItem) -> None:
        bookmark = self._document.graph.annotations.bookmarks[item.data(Qt.ItemDataRole.UserRole)]
        self.close()
        self._canvas.remarks.show_box(rectangle(bookmark.box))

    def _add(self) -> None:
        commands.add_bookmark(self._document, self._canvas.stage.seen())
        self.list.setCurrentRow(self.list.count() - 1)
        self.list.setFocus()
        self.list.editItem(self.list.currentItem())

    def _renamed(self, item: QListWidgetItem) -> None:
        commands.name_bookmark(self._document, item.data(Qt.ItemDataRole.UserRole), item.text().strip())

    def _lay_out(self) -> None:
        self.setAccessibleName(tr("Bookmarks"))
        self.list.setAccessibleName(tr("Bookmarks"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 3 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(Label(tr("Bookmarks"), "title"))
        column.addWidget(self.list)
        column.addWidget(self._says)
        column.addWidget(self.add)
