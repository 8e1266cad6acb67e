"""The line at the foot of the window: the size of the network, its problems, and when it was saved."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStatusBar, QWidget

from designer.canvas.words import layer_count
from designer.document import Document
from designer.inspector.figures import bytes_text, flops_text, layers_text, parameters_text, problems_text
from designer.theme import tokens
from designer.theme.icons import icon
from designer.theme.labels import Label
from engine.check.report import Report
from engine.text import tr

ICONS = {"problem": ("x-circle", "problem"), "warning": ("warning", "warning"), "calm": ("check", "secondary")}


class StatusBar(QStatusBar):
    """What the network costs, at the left; whether it is saved, at the right."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._saved_at: datetime | None = None
        self.setSizeGripEnabled(False)
        self.setContentsMargins(2 * tokens.STEP, 0, 2 * tokens.STEP, 0)
        self.figures = Label("", "secondary")
        self.figures.setToolTip(tr("Layers, trainable parameters, operations for one sample, size of the weights"))
        self.problems = QPushButton()
        self.problems.setProperty("role", "quiet")
        self.saved = Label("", "secondary")
        self.addWidget(self._left())
        self.addPermanentWidget(self.saved)
        document.reported.connect(lambda _: self._show_report(document.network_report))
        document.moved_to.connect(lambda _: self._show_saved())
        document.undo_stack.cleanChanged.connect(lambda _: self._show_saved())
        self._show_report(document.network_report)
        self._show_saved()

    def note_saved(self) -> None:
        """The project was saved just now."""
        self._saved_at = datetime.now()
        self._show_saved()

    def forget_saved(self) -> None:
        """Another project is shown: it was not saved in this session."""
        self._saved_at = None
        self._show_saved()

    def _left(self) -> QWidget:
        """One widget, which a message takes the place of: what is shown anew within it stays behind the message."""
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.STEP + tokens.STEP // 2)
        row.addWidget(self.figures)
        row.addWidget(self.problems)
        return left

    def _show_report(self, report: Report) -> None:
        total = report.total
        if not self._document.project.graph.nodes:
            self.figures.setText(tr("Nothing drawn yet"))
            self._show_problems(report)
            return
        self.figures.setText(
            " · ".join(
                (
                    layers_text(layer_count(self._document.project.graph)),
                    parameters_text(total.parameters),
                    flops_text(total.flops),
                    bytes_text(4 * total.parameters),
                )
            )
        )
        self._show_problems(report)

    def _show_problems(self, report: Report) -> None:
        self.problems.setVisible(bool(self._document.project.graph.nodes))
        state = "problem" if not report.ok else "warning" if report.problems else "calm"
        name, colour = ICONS[state]
        self.problems.setText(problems_text(len(report.problems)))
        self.problems.setIcon(icon(name, colour))
        self.problems.setProperty("state", state)
        self.problems.style().polish(self.problems)

    def _show_saved(self) -> None:
        if self._document.modified:
            words = tr("unsaved changes")
        elif self._saved_at:
            words = tr("saved {time}", time=self._saved_at.strftime("%H:%M"))
        else:
            words = tr("not saved yet") if self._document.project.graph.nodes and not self._document.path else ""
        self.saved.setText(words)
