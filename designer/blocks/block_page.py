"""The inspector's page in a block while nothing is selected: its name and sentence, its ports, its face, its cost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from designer.blocks import commands
from designer.blocks.face import Face
from designer.canvas.words import layer_count
from designer.document import Document
from designer.inspector.figures import flops_text, problems_text
from designer.inspector.foot import spec_text
from designer.inspector.name_line import NameLine
from designer.theme import tokens
from designer.theme.labels import ElidedLabel, Label, line
from engine.blocks import block_layer
from engine.blocks.edits import block_fault, users
from engine.layers import About
from engine.layers.block_input import BlockInput
from engine.layers.block_output import BlockOutput
from engine.text import tr

SENTENCE_HEIGHT = 16 * tokens.STEP


class BlockPage(QWidget):
    """Edits the block that one is in."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.about = block_about(document)
        self.block = document.block
        self.name = NameLine(tr("Name of the block"), lambda typed: block_fault(typed, document.project.blocks))
        self.name.taken.connect(lambda new: commands.rename_block(document, document.block, new))
        self.fault = self.name.fault
        self.summary = QPlainTextEdit()
        self.summary.setAccessibleName(tr("What the block does"))
        self.summary.setPlaceholderText(tr("What it does, in a sentence"))
        self.summary.setFixedHeight(SENTENCE_HEIGHT)
        self.summary.setTabChangesFocus(True)
        self.summary.textChanged.connect(self._describe)
        self.face = Face(document, self.about.parameters[1:])
        self._figures = [Label("", "number") for _ in range(5)]
        self._ports = QGridLayout()
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Shows the block as it is now."""
        document = self._document
        block = document.project.blocks[document.block]
        self.name.show_name(document.block)
        if self.summary.toPlainText() != block.summary:
            self.summary.setPlainText(block.summary)
        self.face.refresh()
        report = document.report
        figures = (
            f"{len(users(document.project, document.block)):,}",
            f"{layer_count(document.graph):,}",
            f"{report.total.parameters:,}",
            flops_text(report.total.flops),
            problems_text(len(report.problems)),
        )
        for label, words in zip(self._figures, figures, strict=True):
            label.setText(words)
        self._show_ports()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2 * tokens.STEP)
        top.addWidget(self.name, 1)
        top.addWidget(Label(tr("Block"), "secondary"))
        grid = QGridLayout()
        grid.setVerticalSpacing(tokens.STEP)
        for row, (words, value) in enumerate(zip(_names(), self._figures, strict=True)):
            grid.addWidget(Label(words, "secondary"), row, 0)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
        self._ports.setVerticalSpacing(tokens.STEP)
        self._ports.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addLayout(top)
        column.addWidget(self.fault)
        column.addWidget(self.summary)
        column.addWidget(line())
        column.addWidget(self.face)
        column.addWidget(line())
        column.addLayout(self._ports)
        column.addWidget(line())
        column.addLayout(grid)
        column.addStretch(1)

    def _show_ports(self) -> None:
        """A row for each port: its name, and what comes in or goes out there."""
        while item := self._ports.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row, (way, name, shape) in enumerate(self._port_rows()):
            self._ports.addWidget(Label(way, "secondary"), row, 0)
            self._ports.addWidget(ElidedLabel(name, "secondary"), row, 1)
            self._ports.addWidget(Label(shape, "number"), row, 2, Qt.AlignmentFlag.AlignRight)

    def _port_rows(self) -> list[tuple[str, str, str]]:
        graph, specs = self._document.graph, self._document.report.specs
        found = []
        for way, kind in ((tr("in"), BlockInput), (tr("out"), BlockOutput)):
            for name, node in graph.nodes.items():
                if isinstance(node.layer, kind):
                    sources = [source.node for sources in node.inputs.values() for source in sources] or [name]
                    known = specs.get(sources[0], ())
                    found.append((way, name, spec_text(known[0]) if known else tr("not known yet")))
        return found

    def _describe(self) -> None:
        words = self.summary.toPlainText()
        if words != self._document.project.blocks[self._document.block].summary:
            commands.summarise(self._document, self._document.block, words)


def block_about(document: Document) -> About:
    """What is known of the block that one is in."""
    name = document.block
    about: About = block_layer(name, document.project.blocks[name]).about
    return about


def _names() -> tuple[str, ...]:
    return (tr("Instances"), tr("Layers"), tr("Parameters"), tr("Work for a sample"), tr("Check"))
