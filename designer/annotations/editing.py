"""Writing in place: a frame's title, a note's text. What is typed is never lost: each key is an edit."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from designer.annotations.painting import INSET, TITLE_BAR
from designer.annotations.remarks import Spot
from designer.canvas.stage import Stage
from designer.theme.tokens import STEP
from engine.graph import Frame
from engine.text import tr

NARROWEST, LOWEST = 50 * STEP, 24 * STEP
TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Field(QWidget if TYPE_CHECKING else object):  # type: ignore[misc]
    """Hands over what is typed at every key, and once more when it is left; then it is closed."""

    typed: ClassVar[Signal]
    taken: ClassVar[Signal]
    _with_ctrl: ClassVar[bool]
    """Whether Enter alone begins a line, and takes the text only with Ctrl."""
    _open = True

    def words(self) -> str:
        """What is written now."""
        raise NotImplementedError

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = not self._with_ctrl or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape or (event.key() in TAKES and held):
            self.take()
        else:
            super().keyPressEvent(event)

    def take(self) -> None:
        """Closes the field and hands its text over."""
        if self._open:
            self._open = False
            self.hide()
            self.taken.emit(self.words())
            self.deleteLater()

    def _tell(self) -> None:
        if self._open:
            self.typed.emit(self.words())


class TitleField(_Field, QLineEdit):
    """A frame's title. Enter, Esc or leaving the field takes it."""

    typed = Signal(str)
    taken = Signal(str)
    _with_ctrl = False

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setAccessibleName(tr("Title of the frame"))
        self.textEdited.connect(self._tell)

    def words(self) -> str:
        return self.text().strip()


class NoteField(_Field, QPlainTextEdit):
    """A note's Markdown. Ctrl+Enter, Esc or leaving the field takes it."""

    typed = Signal(str)
    taken = Signal(str)
    _with_ctrl = True

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setPlaceholderText(tr("Markdown: # title, **bold**, - list. Esc when done."))
        self.setAccessibleName(tr("Text of the note, in Markdown"))
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._tell)

    def words(self) -> str:
        return self.toPlainText().rstrip()


def open_field(stage: Stage, spot: Spot) -> TitleField | NoteField:
    """Opens the field over a frame's title or a note, in sight."""
    remarks = stage.drawing.remarks
    one = getattr(remarks.shown, spot.kind)[spot.id]
    rect = remarks.rect(spot)
    if isinstance(one, Frame):
        rect.setHeight(TITLE_BAR)
        stage.bring(rect)
        field: TitleField | NoteField = TitleField(one.title, stage)
        box = stage.mapFromScene(rect).boundingRect().adjusted(INSET // 2, 0, 0, 0)
        field.setGeometry(box.x(), box.y(), max(min(box.width(), 2 * NARROWEST), NARROWEST), field.sizeHint().height())
    else:
        stage.bring(rect)
        field = NoteField(one.text, stage)
        box = stage.mapFromScene(rect).boundingRect()
        field.setGeometry(QRect(box.topLeft(), box.size().expandedTo(_least())))
    field.show()
    field.selectAll()
    field.setFocus()
    return field


def _least() -> QSize:
    return QSize(NARROWEST, LOWEST)
