"""How a row of the outline is painted: glyph, name and shape, below them the type and the parameters."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from designer.canvas.card import Face
from designer.outline.model import FACE
from designer.theme import fonts, theme
from designer.theme.glyphs import SIZE, paint_glyph
from designer.theme.icons import icon
from designer.theme.tokens import FIELD_RADIUS, STEP
from engine.graph.names import plain_name
from engine.text import tr

HEIGHT = 11 * STEP
SMALL = 11
MARK = 14


class OutlineRow(QStyledItemDelegate):
    """Paints a node as its card does, and edits its name."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, HEIGHT)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        field = QLineEdit(parent)
        field.setAccessibleName(tr("Name"))
        return field

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, plain_name(editor.text()))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box = option.rect.adjusted(SIZE + 3 * STEP, 0, -STEP, 0)
        height = min(editor.sizeHint().height(), box.height())
        editor.setGeometry(box.x(), box.center().y() - height // 2, box.width(), height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        face = index.data(FACE)
        if not isinstance(face, Face):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect).adjusted(0, 1, -STEP, -1)
        _paint_ground(painter, box, option.state)
        _paint_face(painter, box, face, selected)
        painter.restore()


def paint_arrow(painter: QPainter, centre: QPointF, is_open: bool) -> None:
    """The arrow of a row that holds others."""
    arrow = QPainterPath()
    for number, (x, y) in enumerate(((-4, -2), (0, 2), (4, -2)) if is_open else ((-2, -4), (2, 0), (-2, 4))):
        point = centre + QPointF(x, y)
        arrow.lineTo(point) if number else arrow.moveTo(point)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.tokens.secondary))
    painter.drawPath(arrow)
    painter.restore()


def _paint_ground(painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
    """Selected rows are filled; the one with the focus has a ring, so that it is told from the others."""
    tokens = theme.tokens
    ground = tokens.accent if state & QStyle.StateFlag.State_Selected else tokens.hover
    if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, FIELD_RADIUS, FIELD_RADIUS)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QColor(tokens.text))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), FIELD_RADIUS, FIELD_RADIUS)


def _paint_face(painter: QPainter, box: QRectF, face: Face, selected: bool) -> None:
    tokens = theme.tokens
    strong = tokens.on_accent if selected else tokens.text
    weak = tokens.on_accent if selected else tokens.secondary
    left, right = box.left() + STEP, box.right() - 2 * STEP
    colour = tokens.on_accent if selected else tokens.families[face.family]
    upper, lower = box.top() + 0.3 * box.height(), box.top() + 0.72 * box.height()
    paint_glyph(painter, face.family, QPointF(left, upper - SIZE / 2), QColor(colour))
    start = left + SIZE + 2 * STEP
    end = _paint_mark(painter, face, right, upper, selected)
    name, numbers, small = fonts.words(bold=True), fonts.numbers(SMALL), fonts.words(SMALL)
    needed = fonts.width(face.name, name) + fonts.width(face.parameters, numbers) + 2 * STEP
    if needed < end - start:  # the name goes before the count
        end = _paint_right(painter, face.parameters, end, upper, numbers, weak)
    _paint_left(painter, face.name, start, end, upper, name, strong)
    end = _paint_right(painter, face.shape, right, lower, numbers, strong)
    _paint_left(painter, face.type, start, end, lower, small, weak)


def _paint_mark(painter: QPainter, face: Face, right: float, centre: float, selected: bool) -> float:
    """The sign of an error or a warning, each of its own form; gives where it begins."""
    if not face.problems:
        return right
    name, colour = ("x-circle", "problem") if face.errors else ("warning", "warning")
    sign: QIcon = icon(name, "on_accent" if selected else colour)
    box = QRectF(right - MARK, centre - MARK / 2, MARK, MARK).toRect()
    sign.paint(painter, box)
    return right - MARK - STEP


def _paint_right(painter: QPainter, words: str, right: float, centre: float, font: QFont, colour: str) -> float:
    """Words that end here; gives where they begin."""
    if not words:
        return right
    taken = fonts.width(words, font)
    _paint_words(painter, words, right - taken, centre, font, colour)
    return right - taken - 2 * STEP


def _paint_left(
    painter: QPainter, words: str, left: float, right: float, centre: float, font: QFont, colour: str
) -> None:
    shown = fonts.shortened(words, font, max(right - left, 2 * STEP), Qt.TextElideMode.ElideRight)
    _paint_words(painter, shown, left, centre, font, colour)


def _paint_words(painter: QPainter, words: str, left: float, centre: float, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = painter.fontMetrics()
    painter.drawText(QPointF(left, centre + (metrics.ascent() - metrics.descent()) / 2), words)
