"""A block's face in the inspector: the parameters lifted to it, what instances start with, and ways to change them."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from designer.blocks import commands
from designer.blocks.name_field import NameField
from designer.document import Document
from designer.inspector.form import Form
from designer.theme import tokens
from designer.theme.icons import icon
from designer.theme.labels import Label
from engine.layers import Parameter
from engine.text import tr

BUTTON = QSize(5 * tokens.STEP, 5 * tokens.STEP)


class Face(QWidget):
    """A field for each parameter on the face, with its default."""

    def __init__(self, document: Document, parameters: Sequence[Parameter]) -> None:
        super().__init__()
        self._document = document
        self._visit = 0
        self.form = Form(parameters, self._defaults())
        self.form.edited.connect(self._set)
        self.form.begun.connect(self._begin)
        self._says = {name: Label("", "secondary", wrap=True) for name in self.form.fields}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(Label(tr("On its face"), "title"))
        column.addWidget(Label(_hint(bool(parameters)), "secondary", wrap=True))
        column.addWidget(self.form)
        for name in self.form.fields:
            self._add_tools(name)

    def refresh(self) -> None:
        """Shows the defaults as they are now, and what each parameter sets."""
        self.form.show_values(self._defaults())
        for lifted in self._document.project.blocks[self._document.block].parameters:
            targets = ", ".join(_target(*target) for target in lifted.targets)
            field = self.form.fields[lifted.name]
            field.name.setToolTip(tr("Sets {targets}", targets=targets))

    def _defaults(self) -> dict[str, Any]:
        return {one.name: one.default for one in self._document.project.blocks[self._document.block].parameters}

    def _add_tools(self, name: str) -> None:
        rename = _tool("pencil-simple", tr("Rename"), name, lambda: self._rename(name))
        lower = _tool(
            "arrow-line-down", tr("Take “{name}” off the block's face", name=name), name, lambda: self._lower(name)
        )
        self.form.fields[name].without_helps()
        for tool in (lower, rename):
            self.form.fields[name].add_tool(tool)

    def _begin(self, _name: str) -> None:
        self._visit += 1

    def _set(self, name: str, value: object) -> None:
        commands.set_default(self._document, name, value, f"default of {name} {self._visit}")

    def _lower(self, name: str) -> None:
        commands.unlift(self._document, name)

    def _rename(self, name: str) -> None:
        block = self._document.project.blocks[self._document.block]
        editor = NameField(
            self, tr("Name on the block's face"), name, lambda new: commands.face_fault(block, new, name)
        )
        editor.taken.connect(lambda new: commands.rename_lifted(self._document, name, new))
        field = self.form.fields[name]
        corner = field.mapTo(self, QPoint(0, 0))
        editor.open_at(QRect(corner, QSize(field.width(), tokens.FIELD_HEIGHT)))


def _tool(name: str, words: str, parameter: str, call: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name, "secondary"))
    button.setToolTip(words)
    button.setAccessibleName(f"{parameter}: {words}")
    button.setFixedSize(BUTTON)
    button.setProperty("role", "tiny")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _checked: call())
    return button


def _target(node: str, parameter: str, times: int) -> str:
    return f"{node}.{parameter}" if times == 1 else f"{node}.{parameter} × {times}"


def _hint(lifted: bool) -> str:
    if lifted:
        return tr("What an instance starts with. Each instance may have values of its own.")
    return tr("Nothing yet. Select a layer, and lift one of its parameters with the arrow beside it.")
