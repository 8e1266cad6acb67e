"""The inspector's page for several nodes: what they cost together, and their parameters where they are of one type."""

from typing import Any

from msgspec.structs import asdict
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.document import Document
from designer.inspector.figures import flops_text, parameters_text
from designer.inspector.form import Form
from designer.theme import tokens
from designer.theme.labels import Label, line
from engine.graph.edits import set_layer
from engine.layers import Layer, Wrong, layer_type, with_parameters
from engine.text import text, tr


class SeveralPage(QWidget):
    """Edits several nodes of the document at once."""

    def __init__(self, document: Document, names: frozenset[str]) -> None:
        super().__init__()
        self.names = [name for name in document.graph.nodes if name in names]
        self._document = document
        self._visit = 0
        self.kinds = {layer_type(layer) for layer in self._layers()}
        self.figures = Label("", "secondary", wrap=True)
        self.form: Form | None = self._make_form() if len(self.kinds) == 1 else None
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Shows the nodes as they are now."""
        costs = [cost for name in self.names if (cost := self._document.report.costs.get(name))]
        parameters, flops = sum(c.parameters for c in costs), sum(c.flops for c in costs)
        self.figures.setText(f"{parameters_text(parameters)} · {flops_text(flops)}")
        if self.form:
            layers = self._layers()
            self.form.show_values(asdict(layers[0]))
            self.form.show_mixed([n for n in self.form.fields if len({repr(getattr(x, n)) for x in layers}) > 1])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(Label(tr("{count} layers selected", count=len(self.names)), "title"))
        column.addWidget(self.figures)
        column.addWidget(Label(_offer(self.form is not None), "secondary", wrap=True))
        if self.form:
            column.addWidget(line())
            column.addWidget(Label(type(self._layers()[0]).about.title, "title"))
            column.addWidget(self.form)
        column.addStretch(1)

    def _make_form(self) -> Form:
        layer = self._layers()[0]
        form = Form(type(layer).about.parameters, asdict(layer))
        form.edited.connect(self._set)
        form.begun.connect(self._begin)
        return form

    def _layers(self) -> list[Layer]:
        return [self._document.graph.nodes[name].layer for name in self.names]

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


def _offer(alike: bool) -> str:
    doing = tr("Drag to move them, Ctrl+C to copy, Ctrl+D to duplicate, Del to delete.")
    more = tr("They are of one type: a change below goes to all of them.") if alike else ""
    return f"{doing} {more}".strip()
