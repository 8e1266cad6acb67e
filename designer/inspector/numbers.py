"""A field for one number: typed freely, stepped with the arrow keys and the wheel, its value checked by its owner."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from designer.theme import tokens
from engine.layers.parameters import Range

STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
NOTCH = 120.0


class NotANumber(ValueError):
    """What was typed cannot be read."""


class NumberBox(QLineEdit):
    """One whole or floating-point number, or nothing where `optional`.

    Every text may be typed: the form says what is wrong with it. `typed` is emitted for each change by the user.
    """

    typed = Signal()

    def __init__(self, whole: bool, bounds: Range, optional: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole, self._bounds, self._optional = whole, bounds, optional
        self._turned = 0.0
        self.setProperty("role", "number")
        self.setMinimumWidth(8 * tokens.STEP)
        self.textEdited.connect(lambda _: self.typed.emit())
        self.setToolTip(str(bounds))

    def read(self) -> int | float | None:
        """The number. Raises NotANumber."""
        return read_number(self.text(), self._whole, self._optional)

    def show_number(self, number: float | None) -> None:
        """Shows a number, unless what is typed already says it."""
        try:
            if self.read() == number:
                return
        except NotANumber:
            pass
        self.setText("" if number is None else number_text(number))

    def step_by(self, steps: int) -> None:
        """Steps as an arrow key does, within the bounds."""
        try:
            number = self.read()
        except NotANumber:
            return
        stepped = step(number or 0, steps, self._whole)
        if self._bounds.holds(stepped):
            self.setText(number_text(stepped))
            self.typed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys step by one, with Page up and Page down by ten."""
        steps = STEPS.get(Qt.Key(event.key()))
        if steps is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.step_by(steps)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the form, unless this field is being edited."""
        if not self.hasFocus():
            event.ignore()
            return
        self._turned += event.angleDelta().y()
        steps, self._turned = int(self._turned / NOTCH), math.fmod(self._turned, NOTCH)
        if steps:
            self.step_by(steps)
        event.accept()


def read_number(words: str, whole: bool, optional: bool = False) -> int | float | None:
    """The number that was typed, thousands separators and spaces left out. Raises NotANumber."""
    plain = words.strip().replace(",", "").replace(" ", "").replace("_", "").replace("−", "-")
    if not plain and optional:
        return None
    try:
        return _whole(plain) if whole else float(plain)
    except (ValueError, OverflowError) as error:
        raise NotANumber(words) from error


def _whole(plain: str) -> int:
    """An integer, also one written as 1e3."""
    try:
        return int(plain)
    except ValueError:
        number = float(plain)
        if not number.is_integer() or abs(number) > 1e18:
            raise
        return int(number)


def number_text(number: float) -> str:
    """As a person types it: 64, 0.001, 1e-08 as 1e-8."""
    if isinstance(number, int):
        return str(number)
    mantissa, _, exponent = repr(number).partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent)}" if exponent else mantissa


def step(number: float, steps: int, whole: bool) -> int | float:
    """The number some steps on: by one for whole numbers, else by one of the leading digit (0.003 → 0.004)."""
    if whole:
        return int(number) + steps
    for _ in range(abs(steps)):
        number = _next(number, 1 if steps > 0 else -1)
    return number


def _next(number: float, sign: int) -> float:
    if number == 0:
        return 0.01 * sign
    power = math.floor(math.log10(abs(number)) + 1e-9)
    shrinking = (number > 0) != (sign > 0)
    if shrinking and math.isclose(abs(number), 10.0**power):
        power -= 1
    return float(f"{number + sign * 10.0**power:.12g}")
