"""A form for a whole declared value, such as the recipe: plain fields, and a choice where it is one of several."""

import inspect
import typing
from typing import Any

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from designer.inspector.editors import Choice
from designer.inspector.form import SHARES, Form
from designer.theme import tokens
from designer.theme.labels import ElidedLabel, Label
from engine.layers.parameters import Wrong, parameters_of
from engine.text import tr


class StructForm(QWidget):
    """Edits a frozen struct. `edited` carries the new value, with everything in it right by itself."""

    edited = Signal(object)

    def __init__(self, value: msgspec.Struct) -> None:
        super().__init__()
        self.value = value
        plain = [p for p in parameters_of(type(value)) if "struct" not in p.kinds]
        self.form = Form(plain, msgspec.structs.asdict(value))
        self.form.edited.connect(self._set)
        self.variants = {name: Variant(name, getattr(value, name), options) for name, options in _unions(value)}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * tokens.STEP)
        for name, variant in self.variants.items():
            variant.edited.connect(lambda inner, name=name: self._set(name, inner))
            column.addWidget(variant)
        column.addWidget(self.form)

    def show_value(self, value: Any) -> None:
        """Shows another value of the same type, after an undo or another project."""
        self.value = value
        self.form.show_values(msgspec.structs.asdict(value))
        for name, variant in self.variants.items():
            variant.show_value(getattr(value, name))

    def _set(self, name: str, inner: Any) -> None:
        try:
            self.value = replace(self.value, **{name: inner})
        except Wrong as fault:
            self.form.show_fault(fault.parameter, fault.text)
            return
        self.form.show_values({name: inner})
        self.edited.emit(self.value)


class Variant(QWidget):
    """One of several structs, such as the optimizer: a list of them, and the chosen one's own form."""

    edited = Signal(object)

    def __init__(self, name: str, value: Any, options: tuple[type[msgspec.Struct], ...]) -> None:
        super().__init__()
        self._options = options
        self.choice = Choice(tuple(option.__name__ for option in options))
        self.choice.setAccessibleName(name)
        self.choice.activated.connect(self._choose)
        self._summary = Label("", "secondary", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(tokens.STEP)
        row.addWidget(ElidedLabel(name), SHARES[0])
        row.addWidget(self.choice, SHARES[1])
        row.addSpacing(11 * tokens.STEP)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * tokens.STEP)
        self._column.addLayout(row)
        self._column.addWidget(self._summary)
        self._form = self._make_form(value)

    def show_value(self, value: Any) -> None:
        """Shows another value; the form is made anew where its type is another one."""
        if type(value) is type(self._form.value):
            self._form.show_value(value)
            return
        self._column.removeWidget(self._form)
        self._form.hide()
        self._form.deleteLater()
        self._form = self._make_form(value)

    def _make_form(self, value: Any) -> StructForm:
        form = StructForm(value)
        form.edited.connect(self.edited)
        self._column.addWidget(form)
        self.choice.setCurrentIndex(self._options.index(type(value)))
        summary = inspect.getdoc(type(value)) or type(value).__name__
        self._summary.setText(tr(summary))
        return form

    def _choose(self, index: int) -> None:
        if self._options[index] is not type(self._form.value):
            value = self._options[index]()
            self.show_value(value)
            self.edited.emit(value)


def _unions(value: msgspec.Struct) -> list[tuple[str, tuple[type[msgspec.Struct], ...]]]:
    """The fields that hold one of several structs, with these structs."""
    hints = typing.get_type_hints(type(value))
    found = []
    for field in msgspec.structs.fields(type(value)):
        options = typing.get_args(hints[field.name]) or (hints[field.name],)
        structs = tuple(o for o in options if isinstance(o, type) and issubclass(o, msgspec.Struct))
        if structs:
            found.append((field.name, structs))
    return found
