"""The project's runs: their curves again, measured, exported, their network opened, or thrown away."""

from pathlib import Path

from PySide6.QtCore import QFile, QFileSystemWatcher, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMenu, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from designer.document import Document
from designer.panels.empty import Empty
from designer.panels.job_bar import JobBar
from designer.panels.notice import Notice
from designer.panels.tool_row import ToolRow
from designer.panels.words import metrics_words, part_words
from designer.theme import tokens
from designer.theme.icons import icon
from designer.training.home import home_of
from designer.training.runs_table import RunsTable
from designer.workers import Job, Workers
from engine.messages import Evaluate, Evaluated, Event, Failed
from engine.text import say, tr
from engine.train.runs import PROJECT, RunSummary

REFRESH_MS = 250


class RunsPanel(QWidget):
    """A table of runs with what can be done with the selected one.

    `curves_requested` and `resume_requested` carry a run's folder (Path); `export_requested` a folder and "best" or
    "last"; `network_requested` and `compare_requested` the `project.loom` of a run.
    """

    curves_requested = Signal(object)
    resume_requested = Signal(object)
    export_requested = Signal(object, str)
    network_requested = Signal(object)
    compare_requested = Signal(object)

    def __init__(self, document: Document, workers: Workers) -> None:
        super().__init__()
        self._workers, self._home = workers, home_of(document)
        self._job: Job | None = None
        self.table = RunsTable()
        self.empty = Empty("list-bullets", tr("No runs yet"), tr("Train the network: each training is kept here."))
        self.notice, self.bar = Notice(), JobBar()
        self._pages = QStackedWidget()
        self.actions_by_name = self._make_actions()
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self._watch = QFileSystemWatcher(self)
        self._watch.directoryChanged.connect(self._refresh_soon)
        self._lay_out()
        self.table.cellActivated.connect(lambda row, column: self._show_curves())
        self.table.itemSelectionChanged.connect(self._allow)
        self.table.customContextMenuRequested.connect(self._menu)
        self._home.changed.connect(self._refresh_soon)
        self._home.left.connect(self.notice.clear)
        self.refresh()

    def refresh(self) -> None:
        """Reads the runs again."""
        runs = self._home.runs()
        self.table.show_runs(runs)
        self._pages.setCurrentIndex(1 if runs else 0)
        self._watch_folders(runs)
        self._allow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def evaluate(self) -> None:
        """Measures the selected run's best checkpoint on the test part."""
        run = self.table.chosen
        if run is None or self._job is not None:
            return
        self.notice.clear()
        best = "best" if "best" in run.checkpoints else "last"
        self._job = self._workers.start(Evaluate(run=str(run.folder), checkpoint=best))
        self._job.ended.connect(self._evaluated)
        self.bar.follow(self._job, tr("Measuring {run}…", run=run.folder.name))
        self._allow()

    def delete(self) -> None:
        """Puts the selected run into the trash, after a question."""
        run = self.table.chosen
        if run is None or not self._sure(run):
            return
        if not QFile.moveToTrash(str(run.folder)):
            sentence = tr("{run} could not be put into the trash; it is still there.", run=run.folder.name)
            self.notice.say("problem", sentence)
        self._home.changed.emit()
        self.refresh()

    def _refresh_soon(self, _: object = None) -> None:
        """Epochs may end many times a second, and nobody sees a panel that is hidden."""
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _make_actions(self) -> dict[str, QAction]:
        made = {
            "curves": self._action(tr("Show curves"), "chart-line", self._show_curves),
            "resume": self._action(tr("Resume"), "play-circle", self._resume),
            "evaluate": self._action(tr("Evaluate"), "target", self.evaluate),
            "best": self._action(tr("Export best…"), "export", lambda: self._export("best")),
            "last": self._action(tr("Export last…"), "export", lambda: self._export("last")),
            "network": self._action(tr("Open its network"), "tree-structure", self._open_network),
            "compare": self._action(tr("Compare its network"), "git-diff", self._compare_network),
            "delete": self._action(tr("Delete…"), "trash", self.delete),
        }
        made["delete"].setShortcut(QKeySequence.StandardKey.Delete)
        return made

    def _action(self, title: str, glyph: str, act: object) -> QAction:
        action = QAction(icon(glyph), title, self)
        action.triggered.connect(lambda _=False: act())  # type: ignore[operator]
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.STEP)
        column.addWidget(ToolRow(self.actions_by_name.values()))
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(filled)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * tokens.STEP, tokens.STEP, 2 * tokens.STEP, tokens.STEP)
        whole.addWidget(self._pages)

    def _allow(self) -> None:
        """What can be done with the selected run."""
        run = self.table.chosen
        checkpoints = run.checkpoints if run else ()
        idle = run is not None and run.run.state != "running"
        self.actions_by_name["curves"].setEnabled(run is not None)
        self.actions_by_name["resume"].setEnabled(run is not None and can_go_on(run) and not self._home.training)
        self.actions_by_name["evaluate"].setEnabled(bool(checkpoints) and self._job is None)
        self.actions_by_name["best"].setEnabled("best" in checkpoints)
        self.actions_by_name["last"].setEnabled("last" in checkpoints)
        for name in ("network", "compare"):
            self.actions_by_name[name].setEnabled(run is not None and (run.folder / PROJECT).is_file())
        self.actions_by_name["delete"].setEnabled(idle)

    def _menu(self, place: QPoint) -> None:
        if self.table.chosen is not None:
            menu = QMenu(self)
            menu.addActions(list(self.actions_by_name.values()))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.table.viewport().mapToGlobal(place))

    def _show_curves(self) -> None:
        if self.table.chosen is not None:
            self.curves_requested.emit(self.table.chosen.folder)

    def _resume(self) -> None:
        if self.table.chosen is not None:
            self.resume_requested.emit(self.table.chosen.folder)

    def _export(self, checkpoint: str) -> None:
        if self.table.chosen is not None:
            self.export_requested.emit(self.table.chosen.folder, checkpoint)

    def _open_network(self) -> None:
        if self.table.chosen is not None:
            self.network_requested.emit(self.table.chosen.folder / PROJECT)

    def _compare_network(self) -> None:
        if self.table.chosen is not None:
            self.compare_requested.emit(self.table.chosen.folder / PROJECT)

    def _evaluated(self, event: Event) -> None:
        job, self._job = self._job, None
        if isinstance(event, Evaluated):
            self.notice.say("good", measured(event))
        elif isinstance(event, Failed) and not (job and job.stopping):
            self.notice.say("problem", say(event.text))
        self._allow()

    def _sure(self, run: RunSummary) -> bool:
        question = tr("Put {run} with its checkpoints and curves into the trash?", run=run.folder.name)
        box = QMessageBox(QMessageBox.Icon.Question, tr("Delete run"), question, parent=self)
        yes = box.addButton(tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is yes

    def _watch_folders(self, runs: list[RunSummary]) -> None:
        """Runs that another process makes, such as the command line, are seen too."""
        wanted = {str(self._home.folder), *(str(run.folder) for run in runs if run.run.state == "running")}
        wanted = {folder for folder in wanted if Path(folder).is_dir()}
        known = set(self._watch.directories())
        if known - wanted:
            self._watch.removePaths(list(known - wanted))
        if wanted - known:
            self._watch.addPaths(list(wanted - known))


def can_go_on(summary: RunSummary) -> bool:
    """Whether a run has a checkpoint to go on from, and epochs left to be trained."""
    run = summary.run
    return run.state != "running" and "last" in summary.checkpoints and run.epochs_done < run.recipe.epochs


def measured(event: Evaluated) -> str:
    """What was measured, in a sentence."""
    return tr(
        "{run}, {checkpoint} checkpoint, on {samples} samples of the {part} part: {metrics}.",
        run=Path(event.run).name,
        checkpoint=event.checkpoint,
        samples=event.samples,
        part=part_words(event.part),
        metrics=metrics_words(event.metrics),
    )
