"""The inspector's page for several nodes: what they cost together, and the parameters that all of them have."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import asdict
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.document import Document
from designer.inspector.figures import flops_text, parameters_text
from designer.inspector.form import Form
from designer.keyboard.keymap import keymap
from designer.theme import tokens
from designer.theme.labels import Label, line
from engine.graph.edits import set_layer
from engine.layers import Layer, Parameter, Unknown, Wrong, layer_type, with_parameters
from engine.text import text, tr


class SeveralPage(QWidget):
    """Edits several nodes of the document at once."""

    def __init__(self, document: Document, names: frozenset[str]) -> None:
        super().__init__()
        self._document = document
        self._visit = 0
        self.names: list[str] = []
        self.shared = self._take(names)
        self.count = Label("", "title")
        self.figures = Label("", "secondary", wrap=True)
        self.form: Form | None = self._make_form() if self.shared else None
        self._lay_out()
        self.refresh()

    def show_nodes(self, names: frozenset[str]) -> bool:
        """Goes over to other nodes, where neither these nor those have a parameter in common: widgets cost time."""
        return not self.form and not self._take(names)

    def _take(self, names: frozenset[str]) -> tuple[Parameter, ...]:
        """From now on it is about these nodes; gives the parameters that all of them have."""
        self.names = [name for name in self._document.graph.nodes if name in names]
        self.chosen = frozenset(self.names)
        layers = self._layers()
        self.kinds = kinds_of(layers)
        return _shared(layers)

    def refresh(self) -> None:
        """Shows the nodes as they are now."""
        self.count.setText(tr("{count} layers selected", count=len(self.names)))
        known = self._document.report.costs
        costs = [cost for name in self.names if (cost := known.get(name))]
        parameters, flops = sum([c.parameters for c in costs]), sum([c.flops for c in costs])
        parts = (parameters_text(parameters), flops_text(flops))
        self.figures.setText(" · ".join(part.replace(" ", "\u00a0") for part in parts))  # no number without its unit
        if self.form:
            layers = list(dict.fromkeys(self._layers()))
            self.form.show_values(asdict(layers[0]))
            self.form.show_mixed([n for n in self.form.fields if len({repr(getattr(x, n)) for x in layers}) > 1])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(self.count)
        column.addWidget(self.figures)
        column.addWidget(Label(self._offer(), "secondary", wrap=True))
        if self.form:
            column.addWidget(line())
            column.addWidget(Label(self._title(), "title", wrap=True))
            column.addWidget(self.form)
        column.addStretch(1)

    def _make_form(self) -> Form:
        layer = self._layers()[0]
        form = Form(self.shared, asdict(layer))
        form.edited.connect(self._set)
        form.begun.connect(self._begin)
        return form

    def _title(self) -> str:
        """The types of the layers: "Conv1d, Conv2d"."""
        return ", ".join(dict.fromkeys(type(layer).about.title for layer in self._layers()))

    def _offer(self) -> str:
        keys = {id: keymap.first(id) for id in ("copy", "duplicate", "delete")}
        doing = tr("Drag to move them.")
        if all(keys.values()):
            doing = tr("Drag to move them, {copy} to copy, {duplicate} to duplicate, {delete} to delete.", **keys)
        if not self.form:
            return doing
        if len(self.kinds) == 1:
            return f"{doing} {tr('They are of one type: a change below goes to all of them.')}"
        return f"{doing} {tr('Below are the parameters that all of them have: a change goes to all of them.')}"

    def _layers(self) -> list[Layer]:
        nodes = self._document.graph.nodes
        return [nodes[name].layer for name in self.names]

    def _begin(self, _name: str) -> None:
        self._visit += 1

    def _set(self, parameter: str, value: Any) -> None:
        graph = self._document.graph
        try:
            for name in self.names:
                graph = set_layer(graph, name, with_parameters(graph.nodes[name].layer, **{parameter: value}))
        except Wrong as fault:
            if self.form:
                self.form.show_fault(parameter, fault.text)
            return
        title = text("set {parameter} of {count} layers", parameter=parameter, count=len(self.names))
        self._document.edit(title, graph, f"{' '.join(self.names)}.{parameter} {self._visit}")


def kinds_of(layers: Sequence[Layer]) -> set[str]:
    """The types of layers, as they are saved; many layers are of few classes."""
    classes = {type(layer) for layer in layers}
    unknown = [layer for layer in layers if isinstance(layer, Unknown)] if Unknown in classes else ()
    return {cls.about.id for cls in classes - {Unknown}} | {layer_type(layer) for layer in unknown}


def _shared(layers: Sequence[Layer]) -> tuple[Parameter, ...]:
    """The parameters of the first layer that all others have too, of the same type; the first says the default."""
    others = [cls.about.parameters for cls in {type(layer) for layer in layers}]
    return tuple(
        parameter
        for parameter in type(layers[0]).about.parameters
        if all(any(_alike(parameter, other) for other in there) for there in others)
    )


def _alike(one: Parameter, other: Parameter) -> bool:
    """One form field serves both; ranges may differ, and a layer then refuses what is not in its own."""
    return one.name == other.name and _type(one) == _type(other)


def _type(parameter: Parameter) -> tuple[object, ...]:
    return parameter.kinds, parameter.optional, parameter.choices, parameter.length
