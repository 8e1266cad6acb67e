"""The list of problems: each with its severity, its node, its sentence, and a button for each fix."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from designer.canvas import commands
from designer.document import Document
from designer.problems.row import ProblemRow
from designer.theme import tokens
from designer.theme.icons import icon
from designer.theme.labels import Label
from engine.check.report import Problem, Report, Suggestion
from engine.text import tr

SHOWN = 200


class ProblemsPanel(QScrollArea):
    """Shows the report's problems, errors first. `asked(name)`: the person wants to see this node."""

    asked = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._shown: tuple[Problem, ...] | None = None
        self.rows: list[ProblemRow] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        document.reported.connect(self._show_report)
        self._show_report(document.report)

    def go(self, step: int) -> None:
        """Goes to the problem some places further than the one in focus, round and round."""
        if not self.rows:
            return
        current = next((i for i, row in enumerate(self.rows) if row.hasFocus()), -1 if step > 0 else 0)
        row = self.rows[(current + step) % len(self.rows)]
        row.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(row)
        self._ask(row.problem)

    def fix_first(self) -> None:
        """Applies the first fix of the problem in focus, or of the first problem that has one."""
        rows = sorted(self.rows, key=lambda row: not row.hasFocus())
        suggestion = next((row.problem.fixes[0] for row in rows if row.problem.fixes), None)
        if suggestion:
            self._fix(suggestion)

    def _show_report(self, report: Report) -> None:
        problems = tuple(sorted(report.problems, key=lambda problem: problem.severity != "error"))
        if problems == self._shown:
            return
        self._shown = problems
        self.rows = [self._row(problem) for problem in problems[:SHOWN]]
        page = QWidget()
        page.setProperty("role", "panel")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, tokens.STEP, 0, tokens.STEP)
        column.setSpacing(0)
        for row in self.rows:
            column.addWidget(row)
        if len(problems) > SHOWN:
            column.addWidget(Label(tr("… and {count} more", count=len(problems) - SHOWN), "secondary"))
        if not problems:
            column.addWidget(_nothing(bool(self._document.graph.nodes)))
        column.addStretch(1)
        self.setWidget(page)

    def _row(self, problem: Problem) -> ProblemRow:
        row = ProblemRow(problem)
        row.asked.connect(self._ask)
        row.fixed.connect(self._fix)
        return row

    def _ask(self, problem: Problem) -> None:
        if problem.node:
            self.asked.emit(problem.node)

    def _fix(self, suggestion: Suggestion) -> None:
        commands.mend(self._document, suggestion)


def _nothing(drawn: bool) -> QWidget:
    """What is shown where nothing is wrong."""
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(3 * tokens.STEP, tokens.STEP, 3 * tokens.STEP, tokens.STEP)
    row.setSpacing(2 * tokens.STEP)
    picture = Label()
    picture.setPixmap(icon("check-circle", "good").pixmap(16, 16))
    row.addWidget(picture)
    words = tr("No problems: the network fits together.") if drawn else tr("No problems: nothing is drawn yet.")
    row.addWidget(Label(words, "secondary"), 1)
    return page
