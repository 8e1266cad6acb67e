"""What the inspector offers for an instance of a block: the way in, and a block of its own."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from designer.blocks import commands
from designer.document import Document
from designer.theme import tokens
from designer.theme.icons import icon
from engine.blocks.edits import users
from engine.text import tr


class InstanceTools(QWidget):
    """Two buttons below the words about an instance."""

    def __init__(self, document: Document, node: str) -> None:
        super().__init__()
        self.node = node
        self._document = document
        self.open = QPushButton(icon("arrow-elbow-down-right", "text"), tr("Open"))
        self.open.clicked.connect(lambda _checked: commands.enter(document, self.node))
        self.unique = QPushButton(tr("Make unique"))
        self.unique.clicked.connect(lambda _checked: commands.make_unique(document, self.node))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * tokens.STEP)
        row.addWidget(self.open, 1)
        row.addWidget(self.unique, 1)
        self.refresh()

    def refresh(self) -> None:
        """Shows how many instances there are beside this one."""
        layer = commands.instance(self._document, self.node)
        if layer is None:
            return
        others = len(users(self._document.project, layer.name)) - 1
        self.open.setToolTip(tr("Show what is in “{name}”", name=layer.name))
        self.unique.setEnabled(others > 0)
        self.unique.setToolTip(
            tr(
                "Give {node} a block of its own; {count} others keep “{name}”",
                node=self.node,
                count=others,
                name=layer.name,
            )
            if others
            else tr("{node} is the only instance of “{name}”", node=self.node, name=layer.name)
        )
