"""A list that opens over a widget, to choose from by typing a few letters: a field, what is found, a line below."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QWidget

from designer.theme.labels import Label
from designer.theme.tokens import STEP

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WALKS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class SearchList(QFrame):
    """Goes when it is left. Arrows walk in the list while one types; Enter or a click takes the current row.

    A subclass fills the list, lays out what is in it, and says what taking a row and coming to one means. `width` is
    how wide it is, `page` how many rows one walks by a page.
    """

    def __init__(self, parent: QWidget, width: int, page: int) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._parent, self._width, self._page = parent, width, page
        self.search = QLineEdit()
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setProperty("role", "pick")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _: self.take(Qt.KeyboardModifier.NoModifier))
        self.list.currentRowChanged.connect(lambda _: self.say())
        self.says = Label("", "secondary", wrap=True)

    def take(self, held: Qt.KeyboardModifier) -> None:
        """Takes the current row; these keys are held."""
        raise NotImplementedError

    def say(self) -> None:
        """Says below the list what the current row is."""
        raise NotImplementedError

    def key(self, key: Qt.Key) -> bool:
        """Whether another key than Enter and the arrows means something here; does what it means."""
        return False

    def open_at(self, point: QPoint, beside: QRect | None = None) -> None:
        """Shows the list with its corner at a point of the screen, moved so that all of it is in sight.

        Where it had to be moved over a rectangle of the screen, it goes to the right of that instead.
        """
        self.setFixedWidth(self._width)
        self.adjustSize()
        room = self._parent.screen().availableGeometry()
        x, y = min(point.x(), room.right() - self._width), min(point.y(), room.bottom() - self.height())
        if beside and y < beside.bottom() and beside.right() + self._width + STEP < room.right():
            x = beside.right() + STEP
        self.move(max(x, room.left()), max(y, room.top()))
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in ENTER:
            self.take(event.modifiers())
            return True
        by = WALKS.get(key, 0) or PAGES.get(key, 0) * self._page
        if by:
            self.list.setCurrentRow(min(max(self.list.currentRow() + by, 0), self.list.count() - 1))
        return bool(by) or self.key(key)
