"""A row of a list of layers: the stripe and glyph of its family, its title, and how it is painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from designer.theme import fonts, theme
from designer.theme.glyphs import SIZE, paint_glyph
from designer.theme.tokens import FIELD_RADIUS, STEP

KIND = int(Qt.ItemDataRole.UserRole)  # the layer's id
FAMILY = KIND + 1  # the family, on a heading
NOTE = KIND + 2  # secondary words at the right
OF = KIND + 3  # the family of a layer
HEIGHT = 7 * STEP
INDENT = 3 * STEP


class RowDelegate(QStyledItemDelegate):
    """Paints layers as on the canvas, and headings in secondary text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if index.data(KIND):
            _paint_layer(painter, box, index, selected, bool(state & QStyle.StateFlag.State_MouseOver))
        else:
            _paint_heading(painter, box, index, bool(state & QStyle.StateFlag.State_Open), selected)
        painter.restore()


def _paint_layer(
    painter: QPainter, box: QRectF, index: QModelIndex | QPersistentModelIndex, selected: bool, hovered: bool
) -> None:
    tokens = theme.tokens
    family = index.data(OF)
    inner = box.adjusted(STEP, 1, -STEP, -1)
    if selected or hovered:
        _fill(painter, inner, tokens.accent if selected else tokens.hover)
    colour = QColor(tokens.on_accent if selected else tokens.families[family])
    stripe = QRectF(inner.left() + STEP, inner.top() + 5, 3, inner.height() - 10)
    painter.fillRect(stripe, colour)
    left = stripe.right() + 2 * STEP
    paint_glyph(painter, family, QPointF(left, box.center().y() - SIZE / 2), colour)
    room = QRectF(left + SIZE + 2 * STEP, box.top(), 0, box.height())
    room.setRight(inner.right() - 2 * STEP)
    note = index.data(NOTE)
    if note:
        painter.setFont(fonts.words(11))
        painter.setPen(QColor(tokens.on_accent if selected else tokens.secondary))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), note)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(note) - 2 * STEP)
    painter.setFont(fonts.words())
    painter.setPen(QColor(tokens.on_accent if selected else tokens.text))
    title = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, max(int(room.width()), 0))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), title)


def _paint_heading(
    painter: QPainter, box: QRectF, index: QModelIndex | QPersistentModelIndex, open_: bool, selected: bool
) -> None:
    tokens = theme.tokens
    if selected:
        _fill(painter, box.adjusted(STEP, 1, -STEP, -1), tokens.hover)
    painter.setPen(QColor(tokens.secondary))
    middle = QPointF(box.left() + 3 * STEP, box.center().y())
    arrow = QPainterPath()
    for number, (x, y) in enumerate(((-4, -2), (0, 2), (4, -2)) if open_ else ((-2, -4), (2, 0), (-2, 4))):
        point = middle + QPointF(x, y)
        arrow.lineTo(point) if number else arrow.moveTo(point)
    painter.drawPath(arrow)
    painter.setFont(fonts.words(12, bold=True))
    room = box.adjusted(6 * STEP, 0, -2 * STEP, 0)
    title = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, max(int(room.width()), 0))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), title)


def _fill(painter: QPainter, box: QRectF, colour: str) -> None:
    path = QPainterPath()
    path.addRoundedRect(box, FIELD_RADIUS, FIELD_RADIUS)
    painter.fillPath(path, QColor(colour))
