"""The data workspace: choose or drop a source, see what it holds, bring the network in line with it."""

from pathlib import Path

from PySide6.QtCore import QTemporaryDir
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from designer.data.chooser import Chooser
from designer.data.offers import offers
from designer.data.sources import samples, source_of, words_of
from designer.data.summary import Summary
from designer.document import Document
from designer.layout import placed
from designer.panels.dropped import DropPage
from designer.panels.empty import Empty
from designer.panels.job_bar import JobBar
from designer.panels.notice import Notice
from designer.panels.scrolled import scrolled
from designer.theme import tokens
from designer.workers import Job, Workers
from engine.check.fixes import apply_fix
from engine.check.report import Suggestion
from engine.check.titles import step
from engine.messages import Download, Downloaded, Event, Failed, Look, Looked
from engine.project.project import Data
from engine.text import Failure, say, tr


class DataWorkspace(DropPage):
    """Sources to the left, what the chosen one holds to the right. `running` is the job under way, if one is."""

    def __init__(self, document: Document, workers: Workers) -> None:
        super().__init__()
        self._document, self._workers = document, workers
        self._folder: QTemporaryDir | None = None
        self._looked: Looked | None = None
        self.running: Job | None = None
        self.chooser = Chooser()
        self.notice = Notice()
        self.bar = JobBar()
        self.summary = Summary()
        self.offers = QHBoxLayout()
        self.empty = Empty(
            "image",
            tr("No data yet"),
            tr("Choose a folder or file, drop one here, or take a sample: what it holds is shown here."),
            (tr("Use {sample}", sample=words_of("sample:digits")), lambda: self.choose("sample:digits")),
        )
        self.pages = QStackedWidget()
        self._lay_out()
        self.chooser.chosen.connect(self.choose)
        self.chooser.path_wanted.connect(self._ask)
        self.chooser.download_wanted.connect(self.download)
        document.changed.connect(self._follow)
        document.moved_to.connect(self._follow)
        self._follow()

    def choose(self, source: str) -> None:
        """Looks into a source and, where it can be read, makes it the project's data."""
        self._end_job()
        self.notice.clear()
        self._folder = QTemporaryDir()
        job = self._workers.start(Look(data=source, folder=self._folder.path()))
        self._follow_job(job, tr("Looking into {source}…", source=words_of(source)))

    def take_path(self, path: Path) -> None:
        """Takes a folder or file that was chosen or dropped."""
        try:
            self.choose(source_of(path))
        except Failure as failure:
            self.notice.say("problem", say(failure.text))
        except OSError as error:
            reason = error.strerror or str(error)
            self.notice.say("problem", tr("{path} cannot be read: {reason}.", path=str(path), reason=reason))

    def download(self, source: str) -> None:
        """Fetches a sample data set, then looks into it."""
        self._end_job()
        self.notice.clear()
        job = self._workers.start(Download(data=source))
        self._follow_job(job, tr("Downloading {source}…", source=words_of(source)))

    def showEvent(self, event: QShowEvent) -> None:
        """A sample that is on this machine is looked at unasked; a path that a project names never is."""
        super().showEvent(event)
        source = self._document.project.data.source
        here = any(sample.source == source and not sample.download for sample in samples())
        if here and self._looked is None and self.running is None:
            self.choose(source)

    def _lay_out(self) -> None:
        filled = QWidget()
        page = QVBoxLayout(filled)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(3 * tokens.STEP)
        self.offers.setSpacing(2 * tokens.STEP)
        page.addLayout(self.offers)
        page.addWidget(self.summary, 1)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(filled)
        right = QVBoxLayout()
        right.setContentsMargins(6 * tokens.STEP, 5 * tokens.STEP, 6 * tokens.STEP, 4 * tokens.STEP)
        right.setSpacing(3 * tokens.STEP)
        right.addWidget(self.bar)
        right.addWidget(self.notice)
        right.addWidget(self.pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        side = scrolled(self.chooser)
        side.setFixedWidth(tokens.INSPECTOR_WIDTH)
        row.addWidget(side)
        row.addLayout(right, 1)

    def _ask(self, kind: str) -> None:
        if kind == "folder":
            path = QFileDialog.getExistingDirectory(self, tr("Choose a folder of data"))
        else:
            kinds = tr("Data") + " (*.zip *.npz *.gz *-ubyte);;" + tr("All files") + " (*)"
            path = QFileDialog.getOpenFileName(self, tr("Choose a data file"), "", kinds)[0]
        if path:
            self.take_path(Path(path))

    def _follow_job(self, job: Job, words: str) -> None:
        self.running = job
        job.ended.connect(self._ended)
        self.bar.follow(job, words)
        self.chooser.show_busy(True)

    def _end_job(self) -> None:
        if self.running is not None:
            self.running.ended.disconnect(self._ended)
            self.running.stop()
            self.running = None

    def _ended(self, event: Event) -> None:
        job, self.running = self.running, None
        self.chooser.show_busy(False)
        if isinstance(event, Downloaded):
            self.choose(event.data)
        elif isinstance(event, Looked):
            self._looked = event
            self.summary.show_looked(event)
            self._document.set_data(Data(event.data, event.columns))
            self._follow()
        elif isinstance(event, Failed) and not (job and job.stopping):
            self.notice.say("problem", say(event.text))
        elif isinstance(event, Failed) and job and isinstance(job.request, Download):
            self.notice.say("secondary", tr("The download is stopped; the next one goes on from there."))
        self.chooser.show_chosen(self._document.project.data.source)

    def _follow(self, _: object = None) -> None:
        """Shows the data that the project has now, also after an undo or another project."""
        data = self._document.project.data
        self.chooser.show_chosen(data.source)
        self.pages.setCurrentIndex(1 if data.source else 0)
        known = self._looked is not None and self._looked.data == data.source
        if data.source and not known and self.summary.title.text() != words_of(data.source):
            self._looked = None
            self.summary.show_known(data.source, data.columns)
        self._show_offers(known)

    def _show_offers(self, known: bool) -> None:
        """Buttons for what the network could take over; the first one looks, where nobody has yet."""
        while self.offers.count():
            item = self.offers.takeAt(0)
            if item is not None and (button := item.widget()):
                button.hide()
                button.deleteLater()
        data = self._document.project.data
        if data.source and not known:
            self._offer(tr("Look at the data"), lambda: self.choose(data.source))
        for offer in offers(self._document.project.graph, self._document.network_report, data.columns):
            self._offer(say(offer.title), lambda offer=offer: self._take(offer))
        self.offers.addStretch(1)

    def _offer(self, title: str, act: object) -> None:
        button = QPushButton(title)
        button.clicked.connect(lambda _=False: act())  # type: ignore[operator]
        self.offers.addWidget(button)

    def _take(self, offer: Suggestion) -> None:
        project = self._document.project
        graph = placed(apply_fix(project.graph, offer.fix))
        self._document.edit_project(step(offer), project.with_graph(graph))
