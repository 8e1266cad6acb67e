"""The editor for a value of several kinds: a list says which kind, below it what that kind needs."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from designer.inspector.editors import (
    Choice,
    ChoiceEditor,
    ChoicesEditor,
    Editor,
    FlagEditor,
    NumbersEditor,
    WordsEditor,
)
from designer.theme import tokens
from engine.layers.parameters import Parameter
from engine.text import tr


class UnionEditor(Editor):
    """Numbers or one of the words: padding is 1 × 1, or “same”, or “valid”."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self._kinds = [kind for kind in parameter.kinds if kind != "choice"]
        self._words: list[Any] = [*parameter.choices, *([None] if parameter.optional else [])]
        self._editors = [_of_kind(parameter._replace(optional=False), kind) for kind in self._kinds]
        names = [_kind_name(kind) for kind in self._kinds]
        self._list = Choice((*names, *(tr("none") if word is None else word for word in self._words)))
        self._list.activated.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.STEP)
        column.addWidget(self._list)
        for editor in self._editors:
            editor.typed.connect(self.typed)
            column.addWidget(editor)
        self.setFocusProxy(self._list)

    def read(self) -> Any:
        index = self._list.currentIndex()
        return self._editors[index].read() if index < len(self._kinds) else self._words[index - len(self._kinds)]

    def show_value(self, value: Any) -> None:
        index = len(self._kinds) + self._words.index(value) if value in self._words else self._kind_of(value)
        self._list.setCurrentIndex(index)
        if index < len(self._kinds):
            self._editors[index].show_value(value)
        self._show_only(index)

    def _chosen(self, index: int) -> None:
        """A kind was chosen: its editor starts from the default, or from the least that is allowed."""
        self._show_only(index)
        if index < len(self._kinds):
            self._editors[index].show_value(_first(self.parameter, self._kinds[index]))
        self.typed.emit()

    def _show_only(self, index: int) -> None:
        for place, editor in enumerate(self._editors):
            editor.setVisible(place == index)

    def _kind_of(self, value: Any) -> int:
        kind = next(kind for kind, type_ in _TYPES.items() if type(value) is type_ and kind in self._kinds)
        return self._kinds.index(kind)


def make_editor(parameter: Parameter) -> Editor:
    """The editor for a parameter."""
    kinds = parameter.kinds
    if len(kinds) == 1 and kinds[0] == "choice":
        none = (None,) if parameter.optional else ()
        words = parameter.choices + ((tr("none"),) if parameter.optional else ())
        return ChoiceEditor(parameter, words, (*parameter.choices, *none))
    if kinds == ("bool",) and parameter.optional:
        return ChoiceEditor(parameter, (tr("none"), tr("true"), tr("false")), (None, True, False))
    return _of_kind(parameter, kinds[0]) if len(kinds) == 1 else UnionEditor(parameter)


def _of_kind(parameter: Parameter, kind: str) -> Editor:
    if kind == "bool":
        return FlagEditor(parameter)
    if kind == "choices":
        return ChoicesEditor(parameter)
    if kind in ("ints", "floats") and parameter.length:
        return NumbersEditor(parameter, whole=kind == "ints", count=parameter.length)
    if kind in ("int", "float"):
        return NumbersEditor(parameter, whole=kind == "int", count=None)
    return WordsEditor(parameter, kind)


def _first(parameter: Parameter, kind: str) -> Any:
    """What an editor of this kind shows when the kind is chosen."""
    if type(parameter.default) is _TYPES[kind]:
        return parameter.default
    least = int(max(parameter.range.low, 0)) + parameter.range.above
    several = parameter.length or 1
    numbers = {"ints": (least,) * several, "floats": (float(least),) * several, "int": least, "float": float(least)}
    return numbers.get(kind, _TYPES[kind]())


def _kind_name(kind: str) -> str:
    return {
        "ints": tr("numbers"),
        "floats": tr("numbers"),
        "int": tr("number"),
        "float": tr("number"),
        "bool": tr("true or false"),
        "text": tr("text"),
    }.get(kind, tr("list"))


_TYPES: dict[str, type] = {
    "ints": tuple,
    "floats": tuple,
    "int": int,
    "float": float,
    "bool": bool,
    "text": str,
    "texts": tuple,
}
