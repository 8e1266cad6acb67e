"""The foot of a node's page: the specs that come in and go out, and what the node costs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from designer.document import Document
from designer.inspector.figures import bytes_text, flops_text, parameters_text
from designer.theme import tokens
from designer.theme.labels import ElidedLabel, Label
from engine.graph import Outlet, Spec
from engine.layers import Unknown
from engine.text import tr


class Foot(QWidget):
    """Rows of port and shape, inputs first, then outputs, then the cost."""

    def __init__(self, document: Document, node: str) -> None:
        super().__init__()
        self.node = node
        self._document = document
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * tokens.STEP)
        self._grid.setVerticalSpacing(tokens.STEP)
        self._grid.setColumnStretch(1, 1)
        self._labels: dict[tuple[int, int], Label] = {}

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """What is shown: in or out, the port, its shape; and the cost."""
        return [*self._inputs(), *self._outputs(), *self._cost()]

    def refresh(self) -> None:
        """Shows the specs and costs of the report as it is now."""
        rows = self.rows
        for (row, _), label in self._labels.items():
            label.setVisible(row < len(rows))
        for row, words in enumerate(rows):
            for column, word in enumerate(words):
                self._label(row, column).setText(word)

    def _label(self, row: int, column: int) -> Label:
        label = self._labels.get((row, column))
        if label is None:
            label = ElidedLabel("", "secondary") if column == 1 else Label("", "number" if column else "secondary")
            label.setAlignment(Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft)
            if column == 2:
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._labels[row, column] = label
            self._grid.addWidget(label, row, column)
        return label

    def _inputs(self) -> list[tuple[str, str, str]]:
        node = self._document.graph.nodes[self.node]
        ports = [port.name for port in type(node.layer).about.inputs] or list(node.inputs)
        rows = []
        for port in ports:
            for source in node.inputs.get(port, ()) or (None,):
                rows.append((tr("in"), port, self._shape(source) if source else tr("not connected")))
        return rows

    def _outputs(self) -> list[tuple[str, str, str]]:
        layer = self._document.graph.nodes[self.node].layer
        if isinstance(layer, Unknown):
            return []
        return [(tr("out"), port, self._shape(Outlet(self.node, port))) for port in type(layer).about.outputs]

    def _shape(self, outlet: Outlet) -> str:
        """The spec at an outlet: "N × 32 × 26 × 26", with its dtype where that is not float32."""
        node = self._document.graph.nodes.get(outlet.node)
        specs = self._document.report.specs.get(outlet.node, ())
        names = type(node.layer).about.outputs if node else ()
        if outlet.port not in names or len(specs) <= names.index(outlet.port):
            return tr("not known yet")
        return spec_text(specs[names.index(outlet.port)])

    def _cost(self) -> list[tuple[str, str, str]]:
        cost = self._document.report.costs.get(self.node)
        if cost is None or not any((cost.parameters, cost.flops, cost.activation_bytes)):
            return []
        return [
            (tr("cost"), "", parameters_text(cost.parameters)),
            ("", "", flops_text(cost.flops)),
            ("", "", bytes_text(cost.activation_bytes)),
        ]


def spec_text(spec: Spec) -> str:
    """A spec as the window writes it: N×32×26×26."""
    words = "×".join(str(size) for size in spec.shape)
    return words if spec.dtype == "float32" else f"{words} {spec.dtype}"
