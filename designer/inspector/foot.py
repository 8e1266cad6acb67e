"""The foot of a node's page: the specs that come in and go out, and what the node costs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from designer.document import Document
from designer.inspector.figures import bytes_text, flops_text, parameters_text
from designer.theme import tokens
from designer.theme.labels import ElidedLabel, Label
from engine.graph import Outlet, Spec
from engine.layers import Unknown
from engine.text import tr


class _Row(QWidget):
    """Each row shares its width out by itself: a long number leaves the names of other rows whole."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = (Label("", "secondary"), ElidedLabel("", "secondary"), Label("", "number"))
        kind, _, shape = self.parts
        kind.setFixedWidth(
            max(kind.fontMetrics().horizontalAdvance(word) for word in (tr("in"), tr("out"), tr("cost")))
        )
        shape.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * tokens.STEP)
        for part, share in zip(self.parts, (0, 1, 0), strict=True):
            row.addWidget(part, share)

    def show_words(self, kind: str, port: str, shape: str) -> None:
        for part, words in zip(self.parts, (kind, port, shape), strict=True):
            part.setText(words)


class Foot(QWidget):
    """Rows of port and shape, inputs first, then outputs, then the cost."""

    def __init__(self, document: Document, node: str) -> None:
        super().__init__()
        self.node = node
        self._document = document
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.STEP)
        self._shown: list[_Row] = []

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """What is shown: in or out, the port, its shape; and the cost."""
        return [*self._inputs(), *self._outputs(), *self._cost()]

    def refresh(self) -> None:
        """Shows the specs and costs of the report as it is now."""
        rows = self.rows
        while len(self._shown) < len(rows):
            self._shown.append(_Row())
            self._column.addWidget(self._shown[-1])
        for row, words in zip(self._shown, rows, strict=False):
            row.show_words(*words)
        for place, row in enumerate(self._shown):
            row.setVisible(place < len(rows))

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
