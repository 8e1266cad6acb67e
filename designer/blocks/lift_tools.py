"""The buttons that bring a parameter of a node in a block onto the block's face, and take it off again."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from designer.blocks import commands
from designer.blocks.name_field import NameField
from designer.canvas.words import value_words
from designer.document import Document
from designer.inspector.form import Field, Form
from designer.theme.icons import icon
from designer.theme.tokens import FIELD_HEIGHT, STEP
from engine.blocks import Block, Lifted
from engine.text import Text, tr

BUTTON = QSize(5 * STEP, 5 * STEP)


class LiftTools:
    """One button for each field of a node's form; none is seen in the network.

    A field whose parameter is on the block's face shows the value of the instance that one is in, and says so.
    """

    def __init__(self, document: Document, form: Form, page: QWidget, node: Callable[[], str]) -> None:
        self._document, self._form, self._page, self._node = document, form, page, node
        self.buttons = {name: self._button(name, field) for name, field in form.fields.items()}

    def refresh(self) -> None:
        """Shows how things stand now."""
        block = self._document.project.blocks.get(self._document.block)
        for name, button in self.buttons.items():
            button.setVisible(block is not None)
            self._form.fields[name].offer_about(block is None)
            lifted = commands.face_of(block, self._node(), name) if block else None
            self._show(self._form.fields[name], button, lifted)

    def _show(self, field: Field, button: QToolButton, lifted: Lifted | None) -> None:
        words = (
            tr("Take “{name}” off the block's face", name=lifted.name) if lifted else tr("Lift to the block's face…")
        )
        button.setIcon(icon("arrow-line-down" if lifted else "arrow-line-up", "accent" if lifted else "secondary"))
        button.setToolTip(words)
        button.setAccessibleName(f"{field.parameter.name}: {words}")
        if lifted:
            value = getattr(self._document.context.graph.nodes[self._node()].layer, field.parameter.name)
            field.show_value(value)
            field.show_set_by(self._set_by(lifted, value_words(value)))
        else:
            field.show_set_by("")

    def _set_by(self, lifted: Lifted, value: str) -> str:
        where = self._document.where
        if self._document.in_instance:
            return tr("Set by “{name}” of {instance}: {value}", name=lifted.name, instance=where[-1], value=value)
        return tr("Set by “{name}” on the block's face: {value}", name=lifted.name, value=value)

    def _button(self, name: str, field: Field) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "tiny")
        button.setFixedSize(BUTTON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked: self._clicked(name, button))
        field.add_tool(button)
        return button

    def _clicked(self, name: str, button: QToolButton) -> None:
        block = self._document.project.blocks[self._document.block]
        lifted = commands.face_of(block, self._node(), name)
        if lifted:
            commands.unlift(self._document, lifted.name, self._node(), name)
        elif others := commands.alike(block, self._node(), name):
            self._offer(name, button, others)
        else:
            self._ask(name, block)

    def _offer(self, name: str, button: QToolButton, others: list[Lifted]) -> None:
        """A new parameter on the face, or one that is there already and sets this one too."""
        node, block = self._node(), self._document.project.blocks[self._document.block]
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Lift under a name of its own…")).triggered.connect(lambda _=False: self._ask(name, block))
        for one in others:
            join = menu.addAction(tr("Set together with “{name}”", name=one.name).replace("&", "&&"))
            join.triggered.connect(lambda _=False, to=one.name: commands.lift(self._document, node, name, to))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _ask(self, name: str, block: Block) -> None:
        """A field over the parameter's name, for its name on the face."""
        node, field = self._node(), self._form.fields[name]

        def fault(typed: str) -> Text | None:
            return commands.face_fault(block, typed)

        editor = NameField(self._page, tr("Name on the block's face"), commands.face_name(block, node, name), fault)
        editor.taken.connect(lambda typed: commands.lift(self._document, node, name, typed))
        back = self.buttons[name].setFocus
        editor.closed.connect(lambda: back(Qt.FocusReason.OtherFocusReason) if editor.hasFocus() else None)
        corner = field.mapTo(self._page, QPoint(0, 0))
        editor.open_at(QRect(corner, QSize(field.width(), FIELD_HEIGHT)))
