"""The inspector's page while nothing is selected: the network in numbers, and what can be done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from designer.document import Document
from designer.inspector.figures import bytes_text, flops_text, problems_text
from designer.theme import tokens
from designer.theme.labels import Label, line
from engine.text import tr


class EmptyPage(QWidget):
    """A summary of the document."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._values = [Label("", "number") for _ in range(6)]
        grid = QGridLayout()
        grid.setVerticalSpacing(tokens.STEP)
        for row, (words, value) in enumerate(zip(_names(), self._values, strict=True)):
            grid.addWidget(Label(words, "secondary"), row, 0)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(Label(tr("Network"), "title"))
        column.addLayout(grid)
        column.addWidget(line())
        for hint in _hints():
            column.addWidget(Label(hint, "secondary", wrap=True))
        column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Shows the numbers of the report as it is now."""
        graph, report = self._document.graph, self._document.report
        words = (
            f"{len(graph.nodes):,}",
            f"{sum(len(sources) for node in graph.nodes.values() for sources in node.inputs.values()):,}",
            f"{report.total.parameters:,}",
            flops_text(report.total.flops),
            bytes_text(report.total.activation_bytes),
            problems_text(len(report.problems)),
        )
        for label, word in zip(self._values, words, strict=True):
            label.setText(word)


def _names() -> tuple[str, ...]:
    return (tr("Nodes"), tr("Wires"), tr("Parameters"), tr("Work for a sample"), tr("Activations"), tr("Check"))


def _hints() -> tuple[str, ...]:
    return (
        tr("Select a layer to edit its parameters."),
        tr("Drag a layer from the palette onto the canvas, or double-click it there."),
        tr("Drag from port to port to connect layers; drop a wire on the empty canvas to see what fits."),
    )
