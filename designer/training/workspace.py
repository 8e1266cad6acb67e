"""The training workspace: the recipe beside the run that is trained, or that was."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from designer.aside import beside
from designer.document import Document
from designer.inspector.struct_form import StructForm
from designer.panels.notice import Notice
from designer.panels.scrolled import scrolled
from designer.theme import tokens
from designer.theme.icons import icon
from designer.theme.labels import Label
from designer.training.blocked import why_blocked
from designer.training.home import home_of
from designer.training.run_state import RunState, read_state
from designer.training.run_view import RunView
from designer.workers import Job, Workers
from engine.messages import Began, Done, Epoch, Event, Failed, Train
from engine.project.file import dumps
from engine.project.project import Project
from engine.text import Failure, Text, say, tr

MANY = 600  # nodes from which on to write them down takes longer than a frame


class TrainWorkspace(QWidget):
    """Recipe to the left, curves to the right.

    `training_changed` tells whether a run is being trained; `blocked_changed` carries the Text of why none can begin,
    or None; `node_requested` a node that a failed run points at.
    """

    training_changed = Signal(bool)
    blocked_changed = Signal(object)
    node_requested = Signal(str)

    def __init__(self, document: Document, workers: Workers) -> None:
        super().__init__()
        self._document, self._workers = document, workers
        self._home = home_of(document)
        self._job: Job | None = None
        self._live: RunState | None = None
        self._snapshot: Project | None = None
        self._blocked: Text | None = None
        self.recipe = StructForm(document.project.recipe)
        self.train = QPushButton(tr("Train"))
        self.stop_button = QPushButton(tr("Stop"))
        self.reason = Label(role="secondary", wrap=True)
        self.hint = Notice()
        self.view = RunView()
        self._lay_out()
        self._listen()
        self._follow()

    @property
    def training(self) -> bool:
        """Whether a run is being trained."""
        return self._job is not None

    def blocked(self) -> Text | None:
        """Why no training can begin now; None where it can."""
        return why_blocked(self._document, self.training)

    def start(self) -> None:
        """Trains the project as it is now; does nothing where that is blocked."""
        if self.blocked() is not None:
            return
        name = self._document.path.stem if self._document.path else "run"
        project, many = self._document.project, len(self._document.project.graph.nodes) > MANY
        words = beside(lambda: dumps(project), tr("Starting the training")) if many else dumps(project)
        if words is not None and project is self._document.project and self.blocked() is None:
            self._begin(Train(project=words, runs=str(self._home.folder), name=name), RunState())

    def resume(self, folder: Path) -> None:
        """Goes on with a run that did not come to its end, as it was; does nothing while another is trained."""
        if self.training:
            return
        try:
            state = read_state(folder)
        except Failure as failure:
            self.hint.say("problem", say(failure.text))
            return
        state.go_on()
        self._begin(Train(project="", runs=str(folder.parent), resume=str(folder)), state)

    def _begin(self, request: Train, state: RunState) -> None:
        self._snapshot, self._live = self._document.project, state
        self.hint.clear()
        self._job = self._workers.start(request)
        self._job.happened.connect(self._happened)
        self._job.ended.connect(self._ended)
        self.view.show_state(self._live)
        self._home.set_training(True)
        self._follow()
        self.training_changed.emit(True)

    def stop(self) -> None:
        """Ends the training soon; what was learned is kept."""
        if self._job is not None:
            self._job.stop()
            self._follow()

    def show_run(self, folder: Path) -> None:
        """Shows the curves of a run: the one that is being trained, or one of before."""
        if self._live is not None and self._live.folder == folder:
            self.view.show_state(self._live)
            return
        try:
            self.view.show_state(read_state(folder))
        except Failure as failure:
            self.hint.say("problem", say(failure.text))

    def _lay_out(self) -> None:
        self.train.setProperty("role", "primary")
        self.train.setIcon(icon("play-fill", "on_accent"))
        self.stop_button.setIcon(icon("stop-fill"))
        left = QWidget()
        left.setProperty("role", "panel")
        left.setFixedWidth(tokens.INSPECTOR_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(4 * tokens.STEP, 5 * tokens.STEP, 2 * tokens.STEP, 4 * tokens.STEP)
        column.setSpacing(3 * tokens.STEP)
        column.addWidget(Label(tr("Recipe"), "title"))
        column.addWidget(_scrolled(self.recipe), 1)
        column.addWidget(self.reason)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * tokens.STEP)
        buttons.addWidget(self.train, 1)
        buttons.addWidget(self.stop_button, 1)
        column.addLayout(buttons)
        right = QVBoxLayout()
        right.setContentsMargins(6 * tokens.STEP, 5 * tokens.STEP, 6 * tokens.STEP, 4 * tokens.STEP)
        right.setSpacing(2 * tokens.STEP)
        right.addWidget(self.hint)
        right.addWidget(self.view, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addLayout(right, 1)

    def _listen(self) -> None:
        self.recipe.edited.connect(self._document.set_recipe)
        self.train.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        self.view.node_requested.connect(self.node_requested)
        self._document.reported.connect(self._follow)
        self._document.moved_to.connect(self._follow)
        self._home.moved.connect(self._runs_moved)
        self._home.left.connect(self._left)
        self._home.refused.connect(lambda failure: self.hint.say("problem", say(failure.text)))

    def _happened(self, event: Event) -> None:
        if self._live is None:
            return
        self._live.take(event)
        if isinstance(event, Began | Epoch):
            self._home.changed.emit()
        if self.view.state is self._live:
            self.view.refresh(now=isinstance(event, Began))

    def _ended(self, event: Event) -> None:
        live, self._job = self._live, None
        if live is not None and isinstance(event, Done | Failed):
            live.take(event)
            if live.folder is None and isinstance(event, Done | Failed) and event.run:
                live.folder = Path(event.run)
        if self.view.state is live:
            self.view.refresh(now=True)
        self.hint.clear()
        self._home.set_training(False)
        self._follow()
        self.training_changed.emit(False)

    def _left(self) -> None:
        """Another project is open: only a run that is still being trained stays in view."""
        if not self.training:
            self._live = None
            self.hint.clear()
            self.view.clear()

    def _runs_moved(self, old: Path, new: Path) -> None:
        """The runs went along to the project's file; what is shown of one is shown of the same one."""
        for state in {self._live, self.view.state} - {None}:
            if state is not None and state.folder is not None and state.folder.parent == old:
                state.folder = new / state.folder.name

    def _follow(self, _: object = None) -> None:
        """Shows the recipe and what can be done now, after any change."""
        if self.recipe.value != self._document.project.recipe:
            self.recipe.show_value(self._document.project.recipe)
        blocked = self.blocked()
        self.train.setEnabled(blocked is None)
        self.train.setVisible(not self.training)
        self.stop_button.setVisible(self.training)
        stopping = self._job is not None and self._job.stopping
        self.stop_button.setEnabled(not stopping)
        self.stop_button.setText(tr("Stopping…") if stopping else tr("Stop"))
        self.reason.setText("" if blocked is None or self.training else say(blocked))
        self.reason.setVisible(bool(self.reason.text()))
        self.train.setToolTip(self.reason.text())
        self._show_hint()
        if blocked != self._blocked:
            self._blocked = blocked
            self.blocked_changed.emit(blocked)

    def _show_hint(self) -> None:
        """While a run is trained, it keeps the project that it began with."""
        if not self.training:
            return
        if self._document.project != self._snapshot:
            self.hint.say("secondary", tr("Editing does not change this run: it trains the project as it was."))
        else:
            self.hint.clear()


def _scrolled(form: QWidget) -> QScrollArea:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 2 * tokens.STEP, 0)
    column.addWidget(form)
    column.addStretch(1)
    return scrolled(holder)
