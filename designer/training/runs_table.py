"""The runs as rows of a table: what each cell says."""

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from designer.panels.words import metrics_words
from designer.theme import fonts, theme, tokens
from designer.theme.icons import icon
from designer.training.run_state import clock, duration
from engine.text import say, tr
from engine.train.runs import Run, RunSummary

STATES = {"running": "accent", "done": "good", "stopped": "secondary", "failed": "problem"}
GLYPHS = {"running": "play-circle", "done": "check-circle", "stopped": "stop-circle", "failed": "warning-circle"}
BETTER_FIRST = ("accuracy", "f1", "top_k", "mae", "loss")


class RunsTable(QTableWidget):
    """A row for each run."""

    def __init__(self) -> None:
        heads = (tr("Run"), tr("State"), tr("Best"), tr("Epochs"), tr("Began"), tr("Took"), tr("Kept"))
        super().__init__(0, len(heads))
        self.runs: list[RunSummary] = []
        self.setHorizontalHeaderLabels(heads)
        self.setAccessibleName(tr("Runs"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.FIELD_HEIGHT)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    @property
    def chosen(self) -> RunSummary | None:
        """The run of the selected row."""
        rows = self.selectionModel().selectedRows()
        return self.runs[rows[0].row()] if rows and rows[0].row() < len(self.runs) else None

    def show_runs(self, runs: list[RunSummary]) -> None:
        """Shows these runs; the one that was selected stays so."""
        kept = self.chosen.folder if self.chosen else None
        self.runs = runs
        self.setRowCount(len(runs))
        for row, run in enumerate(runs):
            for column, item in enumerate(_cells(run)):
                self.setItem(row, column, item)
            if run.folder == kept:
                self.selectRow(row)
        if runs and self.chosen is None:
            self.selectRow(0)


def _cells(summary: RunSummary) -> list[QTableWidgetItem]:
    run = summary.run
    state = QTableWidgetItem(icon(GLYPHS[run.state], STATES[run.state]), state_words(run))
    state.setForeground(QColor(getattr(theme.tokens, STATES[run.state])))
    took = duration(run)
    kept = [*summary.checkpoints, *(["ONNX"] if summary.exported else [])]
    cells = [
        QTableWidgetItem(summary.folder.name),
        state,
        _number(best_metric(run)),
        _number(f"{run.epochs_done}/{run.recipe.epochs}"),
        QTableWidgetItem(when(run)),
        _number("" if took is None else clock(took)),
        QTableWidgetItem(", ".join(kept)),
    ]
    for cell in cells:
        cell.setToolTip(say(run.sentence) if run.sentence else str(summary.folder))
    return cells


def _number(words: str) -> QTableWidgetItem:
    item = QTableWidgetItem(words)
    item.setFont(fonts.numbers())
    return item


def state_words(run: Run) -> str:
    """A run's state as a person calls it."""
    return {
        "running": tr("training"),
        "done": tr("done"),
        "stopped": tr("stopped"),
        "failed": tr("failed"),
    }[run.state]


def best_metric(run: Run) -> str:
    """The metric that says most, at the best epoch: "accuracy 0.979"."""
    for name in (*BETTER_FIRST, *run.metrics):
        if name in run.metrics:
            return metrics_words({name: run.metrics[name]})
    return ""


def when(run: Run) -> str:
    """When a run began, as this system writes it."""
    began = QDateTime.fromString(run.started, Qt.DateFormat.ISODate)
    return QLocale.system().toString(began.toLocalTime(), QLocale.FormatType.ShortFormat) if began.isValid() else ""
