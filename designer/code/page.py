"""The page of printed Python: read-only, with line numbers, some lines lit up."""

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from designer.code.highlight import Highlighter
from designer.theme import theme, tokens
from designer.theme.fonts import numbers
from designer.theme.style import colour


class CodePage(QPlainTextEdit):
    """Shows Python. `clicked(line)` tells of a click on a 1-based line."""

    clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setProperty("role", "code")
        self.setFont(numbers())
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setUndoRedoEnabled(False)
        self._lines: list[str] = []
        self._lit: tuple[int, ...] = ()
        self._highlighter = Highlighter(self.document())
        self._margin = _Margin(self)
        self.updateRequest.connect(self._follow)
        self.blockCountChanged.connect(self._make_room)
        theme.changed.connect(self._light)
        self._make_room()

    def show_source(self, source: str) -> None:
        """Shows another text. Only the lines that differ are replaced: the view stays where it was scrolled to."""
        old, new = self._lines, source.splitlines(keepends=True)
        first = _alike(old, new)
        last = _alike(old[first:][::-1], new[first:][::-1])
        cursor = QTextCursor(self.document().findBlockByNumber(first))
        end = self.document().findBlockByNumber(len(old) - last)
        cursor.setPosition(end.position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText("".join(new[first : len(new) - last]))
        self._lines = new

    def light(self, lines: Iterable[int], scroll: bool = True) -> None:
        """Lights up these 1-based lines, and scrolls to the first where none of them can be seen."""
        self._lit = tuple(sorted(lines))
        self._light()
        if self._lit and scroll and not any(self._visible(line) for line in self._lit):
            self.setTextCursor(QTextCursor(self.document().findBlockByNumber(self._lit[0] - 1)))
            self.centerCursor()

    @property
    def lit(self) -> tuple[int, ...]:
        """The lines that are lit up."""
        return self._lit

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.clicked.emit(self.cursorForPosition(event.position().toPoint()).blockNumber() + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        area = self.contentsRect()
        self._margin.setGeometry(QRect(area.left(), area.top(), self.margin_width(), area.height()))

    def margin_width(self) -> int:
        """The width of the line numbers in pixels."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + 5 * tokens.STEP

    def paint_numbers(self, painter: QPainter, area: QRect) -> None:
        """Paints the numbers of the lines that are in sight."""
        painter.setFont(self.font())
        block, edge = self.firstVisibleBlock(), self._margin.width() - 3 * tokens.STEP
        while block.isValid():
            box = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if box.top() > area.bottom():
                return
            number = block.blockNumber() + 1
            painter.setPen(colour("text" if number in self._lit else "secondary"))
            place = QRect(0, round(box.top()), edge, round(box.height()))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
            block = block.next()

    def _light(self) -> None:
        marks = []
        for line in self._lit:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
            mark.format.setBackground(colour("hover"))
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.setExtraSelections(marks)
        self._margin.update()

    def _visible(self, line: int) -> bool:
        block = self.document().findBlockByNumber(line - 1)
        box = self.blockBoundingGeometry(block).translated(self.contentOffset())
        return box.top() >= 0 and box.bottom() <= self.viewport().height()

    def _follow(self, _area: QRect, moved: int) -> None:
        if moved:
            self._margin.scroll(0, moved)
        self._margin.update()

    def _make_room(self) -> None:
        self.setViewportMargins(self.margin_width(), 0, 0, 0)


def _alike(these: list[str], those: list[str]) -> int:
    """How many lines at the beginning are the same."""
    return next((n for n, (a, b) in enumerate(zip(these, those, strict=False)) if a != b), min(len(these), len(those)))


class _Margin(QWidget):
    """The strip of line numbers."""

    def __init__(self, page: CodePage) -> None:
        super().__init__(page)
        self._page = page

    def sizeHint(self) -> QSize:
        return QSize(self._page.margin_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._page.paint_numbers(painter, event.rect())
