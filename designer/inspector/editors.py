"""Editors for the kinds of values that a declaration may ask for: each shows a value and reads what was typed."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from designer.inspector.numbers import NotANumber, NumberBox, read_number
from designer.theme import tokens
from designer.theme.labels import Label
from engine.layers.parameters import Parameter, Wrong, expected_text
from engine.text import text, tr


class Editor(QWidget):
    """Shows a value, and reads the value that is typed. `typed` is emitted for each change by the user."""

    typed = Signal()

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self.parameter = parameter

    def read(self) -> Any:
        """The value as it stands. Raises Wrong where it cannot be read."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Shows a value without emitting `typed`."""
        raise NotImplementedError

    def _unreadable(self, words: str) -> Wrong:
        return Wrong(
            self.parameter.name,
            text(
                "{parameter} takes {expected}; here is {came}.",
                parameter=self.parameter.name,
                expected=expected_text(self.parameter),
                came=f"“{words}”" if words.strip() else text("nothing"),
            ),
        )

    def _fill(self, *widgets: QWidget) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.STEP)
        for widget in widgets:
            row.addWidget(widget, 0 if isinstance(widget, Label) else 1)
        self.setFocusProxy(widgets[0])


class NumbersEditor(Editor):
    """One number, or a fixed number of them in a row: 3 × 3. All of them empty is None where that is allowed."""

    def __init__(self, parameter: Parameter, whole: bool, count: int | None) -> None:
        super().__init__(parameter)
        self._alone = count is None
        self._optional = parameter.optional
        self._boxes = [NumberBox(whole, parameter.range, parameter.optional) for _ in range(count or 1)]
        row: list[QWidget] = []
        for box in self._boxes:
            row += [Label("×", "secondary"), box] if row else [box]
            box.typed.connect(self.typed)
            if parameter.optional:
                box.setPlaceholderText(tr("none"))
        self._fill(*row)

    def read(self) -> Any:
        try:
            numbers = tuple(box.read() for box in self._boxes)
        except NotANumber as error:
            raise self._unreadable(str(error)) from error
        if self._optional and all(number is None for number in numbers):
            return None
        if any(number is None for number in numbers):
            raise self._unreadable("")
        return numbers[0] if self._alone else numbers

    def show_value(self, value: Any) -> None:
        values = value if isinstance(value, tuple) else (value,) * len(self._boxes)
        for box, number in zip(self._boxes, values, strict=True):
            box.show_number(number)


class WordsEditor(Editor):
    """Text; or a list of names or whole numbers of any length, separated by commas (numbers also by × or spaces)."""

    def __init__(self, parameter: Parameter, kind: str) -> None:
        super().__init__(parameter)
        self._kind = kind
        self._field = QLineEdit()
        self._field.textEdited.connect(lambda _: self.typed.emit())
        if kind == "ints":
            self._field.setProperty("role", "number")
        if parameter.optional:
            self._field.setPlaceholderText(tr("none"))
        self._fill(self._field)

    def read(self) -> Any:
        words = self._field.text()
        if self.parameter.optional and not words.strip():
            return None
        if self._kind == "text":
            return words
        parts = [part.strip() for part in words.replace("×", ",").replace("，", ",").strip(" ()[]").split(",")]
        if self._kind == "texts":
            return tuple(part for part in parts if part)
        return self._numbers(words, parts)

    def _numbers(self, words: str, parts: list[str]) -> tuple[int, ...]:
        if len(parts) == 1:
            parts = parts[0].replace("x", " ").split()
        try:
            return tuple(int(read_number(part, whole=True) or 0) for part in parts if part)
        except NotANumber as error:
            raise self._unreadable(words) from error

    def show_value(self, value: Any) -> None:
        try:
            if self.read() == value:
                return
        except Wrong:
            pass
        joint = " × " if self._kind == "ints" else ", "
        self._field.setText("" if value is None else value if isinstance(value, str) else joint.join(map(str, value)))


class FlagEditor(Editor):
    """True or false."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self._box = QCheckBox()
        self._box.setAccessibleName(parameter.name)
        self._box.clicked.connect(lambda _: self.typed.emit())
        self._fill(self._box)

    def read(self) -> bool:
        return self._box.isChecked()

    def show_value(self, value: Any) -> None:
        self._box.setChecked(bool(value))


class ChoiceEditor(Editor):
    """One of several words, or none of them where that is allowed."""

    def __init__(self, parameter: Parameter, words: tuple[str, ...], values: tuple[Any, ...]) -> None:
        super().__init__(parameter)
        self._values = values
        self._box = Choice(words)
        self._box.activated.connect(lambda _: self.typed.emit())
        self._fill(self._box)

    def read(self) -> Any:
        return self._values[self._box.currentIndex()]

    def show_value(self, value: Any) -> None:
        self._box.setCurrentIndex(self._values.index(value))


class ChoicesEditor(Editor):
    """Any of several words, each with a box to tick."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.STEP)
        self._boxes = {word: QCheckBox(word) for word in parameter.choices}
        for box in self._boxes.values():
            box.clicked.connect(lambda _: self.typed.emit())
            column.addWidget(box)
        self.setFocusProxy(next(iter(self._boxes.values())))

    def read(self) -> tuple[str, ...]:
        return tuple(word for word, box in self._boxes.items() if box.isChecked())

    def show_value(self, value: Any) -> None:
        for word, box in self._boxes.items():
            box.setChecked(word in value)


class Choice(QComboBox):
    """A list to choose from that the wheel scrolls past, unless it is being used."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__()
        self.addItems(list(words))
        self.setMinimumContentsLength(3)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt paints it, but a word that has no room is shortened rather than cut."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter, style = QStylePainter(self), QStyle
        painter.drawComplexControl(style.ComplexControl.CC_ComboBox, option)
        part = style.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(style.ComplexControl.CC_ComboBox, option, part, self).width()
        words = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room - tokens.STEP)
        option.currentText = words
        painter.drawControl(style.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
