"""What every gesture is: it starts, moves, ends, or is cancelled and leaves nothing behind."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF, Qt

if TYPE_CHECKING:
    from designer.canvas.stage import Stage


class Pointer(NamedTuple):
    """Where the mouse is, in the scene and in the view, and which keys are held."""

    scene: QPointF
    view: QPoint
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier

    def holds(self, key: Qt.KeyboardModifier) -> bool:
        return bool(self.keys & key)

    @property
    def adds(self) -> bool:
        """Whether what is chosen is added to the selection."""
        return self.holds(Qt.KeyboardModifier.ShiftModifier) or self.holds(Qt.KeyboardModifier.ControlModifier)


class Gesture:
    """From the press of a button to its release. Nothing in the document changes before `end`.

    `edges`: whether the view scrolls while it is held near the edge.
    """

    edges = False

    def __init__(self, stage: "Stage", start: Pointer) -> None:
        self.stage, self.scene, self.document = stage, stage.drawing, stage.document
        self.origin = start

    def move(self, at: Pointer) -> None:
        """The mouse went on, further than a hand trembles."""

    def end(self, at: Pointer) -> None:
        """The button was released after a move."""

    def click(self, at: Pointer) -> None:
        """The button was released where it was pressed."""

    def cancel(self) -> None:
        """Everything as it was."""
