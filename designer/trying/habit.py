"""How the samples of a data set are drawn: how much of the image a figure fills, and whether dark on light."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from engine.messages import Sample

MOST = 48
INK = 64  # of 255: what is fainter is the edge of a stroke or noise


class Habit(NamedTuple):
    """The share of the image that a figure's longer side takes, and whether it is dark on light."""

    filled: float
    dark_on_light: bool


MNIST = Habit(20 / 28, False)


def habit_of(samples: Iterable[Sample]) -> Habit:
    """What these samples have in common; MNIST's habit where they say nothing."""
    images = [QImage(sample.image).convertToFormat(QImage.Format.Format_Grayscale8) for sample in samples]
    images = [image for image in images[:MOST] if not image.isNull()]
    if not images:
        return MNIST
    dark_on_light = sum(_edge(image) for image in images) / len(images) > 127
    shares = [_share(image, dark_on_light) for image in images]
    found = [share for share in shares if share > 0]
    return Habit(sum(found) / len(found), dark_on_light) if found else MNIST


def extent(image: QImage) -> QRectF:
    """The rectangle around what is light in a grey image; empty where nothing is."""
    pixels, width = bytes(image.constBits()), image.bytesPerLine()
    lines = [pixels[y * width : y * width + image.width()] for y in range(image.height())]
    rows = [y for y, line in enumerate(lines) if max(line) >= INK]
    if not rows:
        return QRectF()
    columns = [x for x in range(image.width()) if max(pixels[x::width]) >= INK]
    return QRectF(columns[0], rows[0], columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1)


def _share(image: QImage, dark_on_light: bool) -> float:
    light = image.copy()
    if dark_on_light:
        light.invertPixels()
    around = extent(light)
    return max(around.width() / image.width(), around.height() / image.height())


def _edge(image: QImage) -> float:
    """The mean of the corners' brightness: the background, wherever the figure is."""
    right, low = image.width() - 1, image.height() - 1
    corners = [image.pixelColor(x, y).lightness() for x in (0, right) for y in (0, low)]
    return sum(corners) / len(corners)
