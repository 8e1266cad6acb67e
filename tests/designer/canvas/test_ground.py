"""The picture behind the items: what is painted in parts has the very pixels of what is painted in one go."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform
from pytestqt.qtbot import QtBot

from designer.canvas.ground import AHEAD, ROOM, Ground, Sight

SIZE = QSize(300, 200)


class Lines:
    """Slanting lines of all kinds across everything, and what was asked for."""

    def __init__(self) -> None:
        self.seen: list[QRectF] = []
        self.colour = "white"

    def __call__(self, painter: QPainter, seen: QRectF) -> None:
        self.seen.append(seen)
        painter.fillRect(seen, QColor("black"))
        for smooth in (False, True):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
            for number, style in enumerate((Qt.PenStyle.DashLine, Qt.PenStyle.SolidLine)):
                pen = QPen(QColor(self.colour), 1 + 0.8 * number, style)
                pen.setCosmetic(True)
                painter.setPen(pen)
                for line in range(12):
                    x, y = 37.7 * line - 900, 70 * number + 31 * smooth - 333.3
                    painter.drawLine(QPointF(x, y), QPointF(1100.7 - 91 * line, 471.9 - 13.1 * line))
                path = QPainterPath(QPointF(-500, -300))
                path.cubicTo(QPointF(-500, 450), QPointF(700, -350), QPointF(700, 390))
                painter.drawPath(path)


@pytest.fixture
def lines(qtbot: QtBot) -> Lines:
    return Lines()


def sight(x: int, y: int, zoom: float = 1.0, ratio: float = 1.0) -> Sight:
    return Sight(SIZE, ratio, zoom, QTransform(zoom, 0, 0, zoom, -x, -y))


def shown(ground: Ground, at: Sight) -> QImage:
    image = QImage(at.size * at.ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(at.ratio)
    image.fill(0)
    painter = QPainter(image)
    ground.show(painter, at)
    painter.end()
    return image


def anew(ground: Ground, at: Sight) -> QImage:
    ground.forget()
    return shown(ground, at)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("zoom", [0.3, 0.64, 1.0])
def test_panning_gives_the_pixels_of_a_fresh_picture(lines: Lines, zoom: float, ratio: float) -> None:
    ground = Ground(lines)
    for step in range(60):
        at = sight(17 * step - 400, 11 * step - 300, zoom, ratio)
        found = shown(ground, at)
        if step % 7 == 0:
            assert found == anew(ground, at)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_a_part_that_is_spoilt_gets_the_pixels_of_a_fresh_picture(lines: Lines, ratio: float) -> None:
    ground, at = Ground(lines), sight(-20, -30, 0.7, ratio)
    for x in range(0, 300, 13):
        shown(ground, at)
        ground.spoil([QRectF(x, x / 2, 21, 17), QRectF(300 - x, 40, 9, 90)])
        assert shown(ground, at) == anew(ground, at)


def test_only_what_is_spoilt_is_painted(lines: Lines) -> None:
    ground, at = Ground(lines), sight(0, 0)
    shown(ground, at)
    assert len(lines.seen) == 1
    shown(ground, at)
    assert len(lines.seen) == 1
    ground.spoil([QRectF(20, 30, 10, 10)])
    lines.colour = "red"
    found = shown(ground, at)
    assert len(lines.seen) == 2
    assert lines.seen[-1].width() < 20 and lines.seen[-1].contains(QRectF(20, 30, 10, 10))
    assert found != anew(ground, at)


def test_what_is_spoilt_out_of_sight_is_painted_when_it_comes_into_sight(lines: Lines) -> None:
    ground = Ground(lines)
    shown(ground, sight(0, 0))
    shown(ground, sight(100, 0))
    lines.colour = "red"
    ground.spoil([QRectF(0, 0, 60, 200)])
    shown(ground, sight(100, 0))
    red = shown(ground, sight(0, 0))
    assert any(red.pixelColor(x, y) == QColor("red") for x in range(50) for y in range(200))


def test_while_the_view_is_moved_a_strip_is_painted_once_in_a_while(lines: Lines) -> None:
    ground = Ground(lines)
    shown(ground, sight(0, 0))
    for x in range(1, ROOM):
        shown(ground, sight(x, 0))
    assert len(lines.seen) <= 3 + ROOM // AHEAD  # the first at the right and at the foot


def test_what_is_spoilt_in_far_corners_is_painted_by_itself(lines: Lines) -> None:
    ground, at = Ground(lines), sight(0, 0)
    shown(ground, at)
    del lines.seen[:]
    near = [QRectF(x, 10, 20, 20 + x / 4) for x in (10, 35, 60)]
    ground.spoil([*near, QRectF(250, 150, 30, 30)])
    assert shown(ground, at) == anew(ground, at)
    parts = sorted(lines.seen[:-1], key=QRectF.left)
    assert [part.contains(QRectF(10, 10, 70, 35)) for part in parts] == [True, False]
    assert all(part.width() < 100 and part.height() < 60 for part in parts)


@pytest.mark.parametrize("change", [lambda: sight(0, 0, 0.5), lambda: sight(0, 0, 1.0, 2.0)])
def test_another_zoom_or_screen_paints_everything_anew(lines: Lines, change: Callable[[], Sight]) -> None:
    ground = Ground(lines)
    shown(ground, sight(0, 0))
    at = change()
    assert shown(ground, at) == shown(Ground(Lines()), at)
