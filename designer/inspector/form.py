"""A form made from declarations: a field for each parameter of a layer, a recipe, or anything declared alike."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer.inspector.union import make_editor
from designer.theme import tokens
from designer.theme.icons import icon
from designer.theme.labels import ElidedLabel, Label, as_tip
from engine.layers.parameters import Parameter, Wrong, check_value
from engine.text import Text, say, tr

SHARES = (6, 7)
"""How a field's width is shared between its name and its editor, where both have what they need."""
NARROW, LEAST = 58 * tokens.STEP, 15 * tokens.STEP  # of a field, and of its editor


class Form(QWidget):
    """Fields for parameters and their values.

    `edited(name, value)` tells of each value that was typed and is right by itself; the owner applies it, and calls
    `show_fault` where it is refused. `show_values` shows what holds after that, or after an undo.
    `begun(name)`: a field is entered; what is typed until the next is one step of the history.
    """

    edited = Signal(str, object)
    begun = Signal(str)

    def __init__(self, parameters: Sequence[Parameter], values: Mapping[str, Any]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * tokens.STEP)
        self.fields: dict[str, Field] = {}
        for parameter in parameters:
            field = Field(parameter)
            field.edited.connect(self.edited)
            field.begun.connect(self.begun)
            column.addWidget(field)
            self.fields[parameter.name] = field
        for field in self.fields.values():
            field.widest = max(other.name.whole_width() for other in self.fields.values())
        self.show_values(values)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Shows these values, and takes away the faults of fields that now show what holds."""
        for name, value in values.items():
            if field := self.fields.get(name):
                field.show_value(value)

    def forget(self) -> None:
        """Forgets wrong texts that wait to be mended: something else is shown from now on."""
        for field in self.fields.values():
            field.show_fault(None)

    def show_mixed(self, names: Collection[str]) -> None:
        """Says of these fields that the selected layers have different values there."""
        for name, field in self.fields.items():
            field.show_mixed(name in names)

    def show_fault(self, name: str, fault: Text | None) -> None:
        """Says below a field why its value was not taken."""
        if field := self.fields.get(name):
            field.show_fault(fault)


class Field(QWidget):
    """One parameter: its name, its editor, its unit, a way back to the default, its help, and what is wrong with it."""

    edited = Signal(str, object)
    begun = Signal(str)

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self.parameter = parameter
        self.value: Any = parameter.default
        self.editor = make_editor(parameter)
        self.editor.typed.connect(self._typed)
        self.name = ElidedLabel(parameter.name)
        self.name.setBuddy(self.editor)
        self.widest = self.name.whole_width()
        """How wide the widest name of the form is, so that all editors begin below each other."""
        self.reset = _button("arrow-counter-clockwise", tr("Back to the default, {value}", value=_words(parameter)))
        self.reset.clicked.connect(self._reset)
        self.note = Label("", "secondary", wrap=True)
        self._fault: Text | None = None
        self._mixed = False
        self._set_by = ""
        self._about_offered = self._reset_offered = True
        self._lay_out()
        self._listen()

    def show_value(self, value: Any) -> None:
        """Shows the value that holds; a text that says the same, or is being mended, stays as it was typed."""
        if self._fault and value == self.value and self._in_use():
            return
        self.value = value
        self.editor.show_value(value)
        self._offer_reset()
        self.show_fault(None)

    def show_fault(self, fault: Text | None) -> None:
        """Says below the field what is wrong, or that nothing is."""
        changed = (fault is None) != (self._fault is None)
        self._fault = fault
        if changed:
            self.editor.setProperty("wrong", fault is not None)
            for widget in (self.editor, *self.editor.findChildren(QWidget)):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self._show_note()

    def show_mixed(self, mixed: bool) -> None:
        """Says that the value shown is only that of the first of several layers."""
        self._mixed = mixed
        self._show_note()

    def show_set_by(self, words: str) -> None:
        """Says that the value is set elsewhere, and lets nobody change it here; an empty text gives the field back."""
        self._set_by = words
        self.editor.setEnabled(not words)
        self._offer_reset()
        self._show_note()

    def add_tool(self, tool: QWidget) -> None:
        """Puts a button beside the way back to the default."""
        self._tools.addWidget(tool)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow panel the name is what matters: the help is below the field that is in use anyway."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """What it needs does not depend on how wide it was."""
        return QSize(2 * LEAST, super().minimumSizeHint().height())

    def offer_about(self, offered: bool) -> None:
        """Whether there is to be a button with the help; it comes with the focus too."""
        self._about_offered = offered
        self._fit()

    def without_helps(self) -> None:
        """Neither the way back nor the help, whatever the value: other buttons have their place."""
        self._about_offered = self._reset_offered = False
        self._offer_reset()
        self._fit()

    def _fit(self) -> None:
        """The way back stands where the help is otherwise, so that the editor keeps its width when it comes."""
        roomy = self.width() >= NARROW
        self.about.setVisible(self._about_offered and roomy and self.reset.isHidden())
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(roomy and self._reset_offered and not self._about_offered)
        self.reset.setSizePolicy(policy)
        least = max(self.editor.minimumSizeHint().width(), LEAST)
        room = self.width() - self._tools.sizeHint().width() - least - 2 * tokens.STEP
        self.name.setMinimumWidth(max(min(self.widest, room), 0))
        self._tools.invalidate()
        self._tools.activate()  # a button that was hidden already tells nobody that it needs no room any more
        if tail := self._tools.parentWidget():
            tail.updateGeometry()
        if layout := self.layout():
            layout.activate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.begun.emit(self.parameter.name)
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_note()
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and _undoes(event):
                return True
            if event.type() == QEvent.Type.KeyPress and self._escaped(event):
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(tokens.STEP)
        row.setVerticalSpacing(tokens.STEP // 2)
        for column, share in enumerate(SHARES):
            row.setColumnStretch(column, share)
        top = Qt.AlignmentFlag.AlignTop
        self.name.setFixedHeight(tokens.FIELD_HEIGHT)
        row.addWidget(self.name, 0, 0, top)
        row.addWidget(self.editor, 0, 1)
        row.addWidget(self._tail(), 0, 2, top)
        row.addWidget(self.note, 1, 0, 1, 3)

    def _tail(self) -> QWidget:
        """The way back and the help, at the right."""
        tail = QWidget()
        tail.setFixedHeight(tokens.FIELD_HEIGHT)
        row = QHBoxLayout(tail)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._tools = row
        row.addWidget(self.reset)
        self.about = _button("info", _help(self.parameter))
        self.about.clicked.connect(lambda: self.editor.setFocus(Qt.FocusReason.OtherFocusReason))
        row.addWidget(self.about)
        return tail

    def _listen(self) -> None:
        self._name_fields()
        for widget in (self.editor, *self.editor.findChildren(QWidget)):
            widget.installEventFilter(self)
        self.editor.setToolTip(as_tip(_help(self.parameter)))

    def _name_fields(self) -> None:
        """Names for screen readers: several numbers are counted. A list says its value, so its name goes before."""
        name, words = self.parameter.name, _help(self.parameter)
        numbers = self.editor.findChildren(QLineEdit)
        for number, field in enumerate(numbers, 1):
            field.setAccessibleName(f"{name} {number}" if len(numbers) > 1 else name)
            field.setAccessibleDescription(words)
        for choice in self.editor.findChildren(QComboBox):
            choice.setAccessibleName(name)
            choice.setAccessibleDescription(f"{name}. {words}")
        for flag in self.editor.findChildren(QCheckBox):
            flag.setAccessibleDescription(words)

    def _typed(self) -> None:
        try:
            value = self.editor.read()
            check_value(self.parameter, value)
        except Wrong as fault:
            self.show_fault(fault.text)
            return
        self.show_fault(None)
        self.edited.emit(self.parameter.name, value)

    def _reset(self) -> None:
        self.show_value(self.parameter.default)
        self.edited.emit(self.parameter.name, self.parameter.default)

    def _offer_reset(self) -> None:
        offered = self._reset_offered and self.value != self.parameter.default and not self._set_by
        if offered == self.reset.isHidden():
            self.reset.setVisible(offered)
            self._fit()

    def _escaped(self, event: QKeyEvent) -> bool:
        """Esc gives up a wrong text and shows again what holds."""
        if self._fault is None or event.key() != Qt.Key.Key_Escape:
            return False
        self.show_fault(None)
        self.show_value(self.value)
        return True

    def _in_use(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self.editor or self.editor.isAncestorOf(focus))

    def _show_note(self) -> None:
        """Below the field: what is wrong, else the help while the field is in use."""
        mixed = tr("The selected layers differ here; a change goes to all of them.") if self._mixed else ""
        mixed = self._set_by or mixed
        words = say(self._fault) if self._fault else _help(self.parameter) if self._in_use() else mixed
        role = "problem" if self._fault else "secondary"
        if self.note.property("role") != role:
            self.note.setProperty("role", role)
            self.note.style().polish(self.note)
        self.note.setText(words)
        self.note.setVisible(bool(words))


def _undoes(event: QKeyEvent) -> bool:
    """Undo and redo are the document's, also while a field is in use: the field's own are kept from the keys."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


def _button(name: str, words: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name, "secondary"))
    button.setToolTip(as_tip(words))
    button.setAccessibleName(words)
    button.setFixedSize(5 * tokens.STEP, 5 * tokens.STEP)
    button.setProperty("role", "tiny")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _help(parameter: Parameter) -> str:
    """The help with range and unit: "How far a filter moves at each step. ≥ 1 px"."""
    sentence = tr(parameter.help) if parameter.help else ""
    unit = tr(parameter.unit) if parameter.unit else ""
    bounds = " ".join(part for part in (str(parameter.range), unit) if part)
    return " ".join(part for part in (sentence, bounds) if part)


def _words(parameter: Parameter) -> str:
    default = parameter.default
    if default is None:
        return tr("none")
    return " × ".join(map(str, default)) if isinstance(default, tuple) else str(default)
