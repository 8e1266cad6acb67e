"""Cards gliding to where they belong: shown only, the document is there already."""

import sys
from collections.abc import Mapping

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtWidgets import QApplication

from designer.canvas.scene import Scene
from designer.document import Document
from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, MOTION_MS
from engine.graph import Place

UNSEEN = ("offscreen", "minimal")
MOST = 300  # cards in sight; with more, frames would be dropped


def motion_ms() -> int:
    """How long a motion lasts; 0 where the system asks for none, or nobody sees it."""
    from PySide6.QtWidgets import QStyle  # its many words cost a start 12 ms

    asked = QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
    if sys.platform == "win32":  # elsewhere Qt says that there are no effects where it does not know
        asked = asked and QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    return MOTION_MS if asked and QApplication.platformName() not in UNSEEN else 0


class Glide(QObject):
    """Shows cards on their way from where they were. Another change of the drawing ends it at once.

    `arrived` comes when all are where the document says.
    """

    arrived = Signal()

    def __init__(self, document: Document, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._scene = document, scene
        self._ways: dict[str, tuple[Place, Place]] = {}
        self._clock = QVariantAnimation(self)
        self._clock.setStartValue(0.0)
        self._clock.setEndValue(1.0)
        self._clock.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._clock.valueChanged.connect(self._show)
        self._clock.finished.connect(self.arrived)
        document.changed.connect(lambda _: self.stop())

    def start(self, before: Mapping[str, Place], seen: QRectF) -> None:
        """Lets those of the cards that are seen glide from these places to where the document says they are."""
        places = self._document.graph.places
        ways = {name: (place, places[name]) for name, place in before.items() if places.get(name, place) != place}
        seen = seen.adjusted(-CARD_WIDTH, -CARD_HEIGHT, 0, 0)
        self._ways = {name: way for name, way in ways.items() if any(seen.contains(p.x, p.y) for p in way)}
        if motion_ms() and 0 < len(self._ways) <= MOST:
            self._clock.setDuration(motion_ms())
            self._clock.start()
            self._show(0)

    def stop(self) -> None:
        """Shows everything where it is."""
        if self._clock.state() == QAbstractAnimation.State.Running:
            self._clock.stop()
            places = self._document.graph.places
            self._scene.preview({name: places[name] for name in self._ways if name in self._scene.nodes})
            self.arrived.emit()

    def _show(self, share: float) -> None:
        now = {
            name: Place(old.x + (new.x - old.x) * share, old.y + (new.y - old.y) * share)
            for name, (old, new) in self._ways.items()
            if name in self._scene.nodes
        }
        self._scene.preview(now)
