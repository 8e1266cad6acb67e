"""Sample images with their labels, in a grid that wraps."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from designer.theme import tokens
from engine.messages import Sample
from engine.text import tr

PICTURE = 16 * tokens.STEP
SMALL = 48


class SampleGrid(QListWidget):
    """Pictures in rows; `picked` carries the Sample that was chosen by mouse or keyboard."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.samples: tuple[Sample, ...] = ()
        self.setAccessibleName(tr("Samples"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(PICTURE, PICTURE))
        self.setGridSize(QSize(PICTURE + 5 * tokens.STEP, PICTURE + 7 * tokens.STEP))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(False)
        self.currentRowChanged.connect(self._pick)

    def show_samples(self, samples: tuple[Sample, ...]) -> None:
        """Shows these samples in place of those before."""
        self.blockSignals(True)
        self.clear()
        self.samples = samples
        for sample in samples:
            item = QListWidgetItem(QPixmap.fromImage(picture(sample.image)), sample.label)
            item.setToolTip(tr("{label}, sample {index}", label=sample.label, index=sample.index))
            self.addItem(item)
        self.setCurrentRow(-1)
        self.blockSignals(False)

    def show_none_picked(self) -> None:
        """Takes the selection away: something else than a sample is looked at."""
        self.clearSelection()
        self.setCurrentRow(-1)

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self.samples):
            self.picked.emit(self.samples[row])


def picture(path: str, size: int = PICTURE) -> QImage:
    """The image file at this size; few pixels stay crisp squares, many are made smooth. Null where unreadable."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid() and max(whole.width(), whole.height()) > 4 * size:
        reader.setScaledSize(whole.scaled(2 * size, 2 * size, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return image
    few = max(image.width(), image.height()) <= SMALL
    how = Qt.TransformationMode.FastTransformation if few else Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, size, Qt.AspectRatioMode.KeepAspectRatio, how)
