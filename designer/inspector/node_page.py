"""The inspector's page for one node: its name and label, its parameters, what comes in and goes out, what it costs."""

from typing import Any

import msgspec
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from designer.blocks.instance_tools import InstanceTools
from designer.blocks.lift_tools import LiftTools
from designer.canvas import commands
from designer.document import Document
from designer.inspector.foot import Foot
from designer.inspector.form import Form
from designer.inspector.name_line import NameLine
from designer.theme import tokens
from designer.theme.labels import ElidedLabel, Label, line
from engine.blocks import BlockLayer
from engine.graph import node_fault
from engine.graph.edits import set_label, set_layer
from engine.layers import Layer, Unknown, Wrong, layer_type, with_parameters
from engine.text import text, tr


class NodePage(QWidget):
    """Edits one node of the document."""

    def __init__(self, document: Document, name: str) -> None:
        super().__init__()
        self.node = name
        self._document = document
        self._visit = 0
        layer = document.graph.nodes[name].layer
        self.kind = kind_of(layer)
        self.name = NameLine(tr("Name"), lambda typed: node_fault(typed, document.graph.nodes))
        self.name.taken.connect(self._rename)
        self.fault = self.name.fault
        self.label = QLineEdit()
        self.label.setPlaceholderText(tr("Label: any text"))
        self.label.setAccessibleName(tr("Label"))
        self.label.textEdited.connect(self._label_typed)
        self.form = Form(type(layer).about.parameters, msgspec.structs.asdict(layer))
        self.form.edited.connect(self._set)
        self.form.begun.connect(self._begin)
        self.lifts = LiftTools(document, self.form, self, lambda: self.node)
        self.instance = InstanceTools(document, name) if isinstance(layer, BlockLayer) else None
        self.foot = Foot(document, name)
        self._lay_out(layer)
        self.refresh()

    def show_node(self, name: str) -> None:
        """Turns to another node of the same type of layer."""
        self.node = self.foot.node = name
        if self.instance:
            self.instance.node = name
        self.name.setModified(False)
        self.form.forget()

    def refresh(self) -> None:
        """Shows the node as it is now."""
        node = self._document.graph.nodes[self.node]
        self.name.show_name(self.node)
        if self.label.text() != node.label:
            self.label.setText(node.label)
        self.form.show_values(msgspec.structs.asdict(node.layer))
        self.lifts.refresh()
        if self.instance:
            self.instance.refresh()
        self.foot.refresh()

    def _lay_out(self, layer: Layer) -> None:
        about = type(layer).about
        title = layer.type if isinstance(layer, Unknown) else about.title
        top = QHBoxLayout()
        top.setSpacing(2 * tokens.STEP)
        top.addWidget(self.name, 3)
        if self.instance:
            kind = ElidedLabel(title, "secondary")
            kind.setMaximumWidth(kind.whole_width())  # what it does not need, the name has
            top.addWidget(kind, 2)
        else:
            top.addWidget(Label(title, "secondary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addLayout(top)
        column.addWidget(self.fault)
        column.addWidget(self.label)
        if words := _summary(layer):
            column.addWidget(Label(words, "secondary", wrap=True))
        if self.instance:
            column.addWidget(self.instance)
        column.addWidget(line())
        column.addWidget(self.form)
        column.addStretch(1)
        column.addWidget(line())
        column.addWidget(self.foot)

    def _begin(self, _name: str) -> None:
        self._visit += 1

    def _set(self, parameter: str, value: Any) -> None:
        graph = self._document.graph
        try:
            layer = with_parameters(graph.nodes[self.node].layer, **{parameter: value})
        except Wrong as fault:
            self.form.show_fault(parameter, fault.text)
            return
        title = text("set {parameter} of {node}", parameter=parameter, node=self.node)
        self._document.edit(title, set_layer(graph, self.node, layer), f"{self.node}.{parameter} {self._visit}")

    def _label_typed(self, words: str) -> None:
        title = text("label {node}", node=self.node)
        self._document.edit(title, set_label(self._document.graph, self.node, words), f"{self.node} label")

    def _rename(self, new: str) -> None:
        old = self.node
        self.show_node(new)
        if not commands.rename(self._document, old, new):
            self.show_node(old)
            self.refresh()


def kind_of(layer: Layer) -> object:
    """What layers have in common that one page can show: the type, and of blocks all that their definition says."""
    return type(layer).about if isinstance(layer, BlockLayer) else layer_type(layer)


def _summary(layer: Layer) -> str:
    if isinstance(layer, Unknown):
        return tr("This version does not know this layer. It is kept, and saved back unchanged.")
    return tr(type(layer).about.summary).replace("->", "→")
