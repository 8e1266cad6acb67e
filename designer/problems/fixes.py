"""The buttons for a problem's fixes: as many as there is room for, the others in a menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from designer.theme import tokens
from designer.theme.labels import as_tip
from engine.check.report import Suggestion
from engine.text import say, tr

GAP = 2 * tokens.STEP
HIGHEST = 16777215  # Qt's QWIDGETSIZE_MAX: no limit
LEAST = 40 * tokens.STEP  # of the first button, whose words are shortened below its full width
COMES = (QEvent.Type.Enter, QEvent.Type.FocusIn)
GOES = (QEvent.Type.Leave, QEvent.Type.FocusOut)


class FixButtons(QWidget):
    """A button for each fix. `fixed` carries the one that was chosen, `pondered` the one that the mouse, the focus or
    the menu is on, or None; `stepped` comes for Up and Down, `left` for Left at the first button.
    """

    fixed = Signal(object)
    pondered = Signal(object)
    stepped = Signal(int)
    left = Signal()

    def __init__(self, fixes: Sequence[Suggestion]) -> None:
        super().__init__()
        self._fixes = fixes
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._fitted: tuple[int, str] | None = None
        self.buttons = [self._button(say(fix.title)) for fix in fixes]
        for button, fix in zip(self.buttons, fixes, strict=True):
            button.clicked.connect(lambda _checked, fix=fix: self.fixed.emit(fix))
        self.more = self._button("")
        self.more.setMenu(self._fill_menu())
        self.setMinimumHeight(tokens.FIELD_HEIGHT)  # also where there is none: rows keep their height when one comes
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for button in (*self.buttons, self.more):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def fit(self, room: int) -> None:
        """Shows as many buttons as go into so many pixels: the first one at least, with its words shortened."""
        facts = (room, self.font().key())
        if facts == self._fitted:
            return
        self._fitted = facts
        widths = [self._width(button, say(fix.title)) for button, fix in zip(self.buttons, self._fixes, strict=True)]
        count = len(widths)
        while count > 1 and self._taken(widths, count) > room:
            count -= 1
        for index, button in enumerate(self.buttons):
            button.setVisible(index < count)
        self.more.setVisible(count < len(widths))
        self.more.setText(self._more_words(len(widths) - count))
        for index, action in enumerate(self.more.menu().actions()):
            action.setVisible(index >= count)
        if self.buttons:
            over = max(self._taken(widths, count) - room, 0) if count == 1 else 0
            self._shorten(max(widths[0] - over, min(LEAST, widths[0])), widths[0])
        self.setFixedWidth(self.sizeHint().width() if widths else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self.buttons and event.type() in (*COMES, *GOES):
            on = event.type() in COMES
            self.pondered.emit(self._fixes[self.buttons.index(watched)] if on else None)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._takes(watched, Qt.Key(event.key()))
        return False

    def shown(self) -> list[QPushButton]:
        """The buttons that there was room for, that of the menu last."""
        return [button for button in (*self.buttons, self.more) if not button.isHidden()]

    def _takes(self, watched: QObject, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            watched.click()  # type: ignore[attr-defined]
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            shown = self.shown()
            at = shown.index(watched) + (1 if key == Qt.Key.Key_Right else -1)  # type: ignore[arg-type]
            if at < 0:
                self.left.emit()
            elif at < len(shown):
                shown[at].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _taken(self, widths: Sequence[int], count: int) -> int:
        """The width of the first so many buttons, with that of the menu where some are left."""
        rest = [self._width(self.more, self._more_words(len(widths) - count))] if count < len(widths) else []
        parts = [*widths[:count], *rest]
        return sum(parts) + GAP * (len(parts) - 1)

    def _width(self, button: QPushButton, words: str) -> int:
        """How wide a button is with these words."""
        button.ensurePolished()
        button.setMaximumWidth(HIGHEST)
        button.setText(words.replace("&", "&&"))
        return button.sizeHint().width()

    def _shorten(self, width: int, whole: int) -> None:
        """Gives the first button this width of its whole one."""
        button, words = self.buttons[0], say(self._fixes[0].title)
        room = button.fontMetrics().horizontalAdvance(words) - (whole - width)
        shown = button.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room) if width < whole else words
        button.setText(shown.replace("&", "&&"))
        button.setToolTip(as_tip(words) if shown != words else "")
        button.setFixedWidth(width)

    def _more_words(self, count: int) -> str:
        return tr("1 more fix") if count == 1 else tr("{count} more fixes", count=count)

    def _fill_menu(self) -> QMenu:
        """Every fix; `fit` shows those that have no button."""
        menu = QMenu(self)
        for fix in self._fixes:
            action = QAction(say(fix.title).replace("&", "&&"), menu)
            action.setData(fix)
            # once the menu is closed: a fix takes this row, and the menu with it, away
            action.triggered.connect(lambda _=False, fix=fix: QTimer.singleShot(0, self, partial(self.fixed.emit, fix)))
            menu.addAction(action)
        menu.hovered.connect(lambda action: self.pondered.emit(action.data()))
        menu.aboutToHide.connect(lambda: self.pondered.emit(None))
        return menu

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.installEventFilter(self)
        return button
