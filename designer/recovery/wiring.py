"""Recovery in the window: every edit goes into the journal; what a crash has left is offered at the start."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from designer.aside import beside
from designer.blocks.stowing import all_placed
from designer.disk.hold import Hold
from designer.recovery.recorder import Recorder
from designer.recovery.search import Search
from designer.theme.icons import icon
from designer.training.home import home_of
from designer.window.dialogs import tell
from designer.window.main_window import MainWindow
from engine.project.file import fingerprint
from engine.project.journal import shelf
from engine.project.project import Project
from engine.text import Text, say, text, tr

if TYPE_CHECKING:
    from engine.project.journal.offers import Offer

TOLD_MS = 30_000
KEEP_SECONDS = 2.0


def wire_recovery(window: MainWindow) -> None:
    """Connects the journal, the command, and the offer once the window can be seen."""
    recovery = Recovery(window)
    window.commands.on("recover", recovery.show_all)
    window.painted.connect(recovery.offer)
    window.closed.connect(recovery.close)


def leave_work(window: MainWindow) -> None:
    """The program ends without a question: unsaved work is left to be offered at the next start."""
    if recovery := window.findChild(Recovery):
        recovery.close(leave=True)


def keep_work(window: MainWindow) -> None:
    """The session ends, perhaps: unsaved work is on the disk now, whatever comes."""
    if recovery := window.findChild(Recovery):
        recovery.recorder.journal.flush(KEEP_SECONDS)


class Recovery(QObject):
    """The unsaved work of this window, and what others have left."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.recorder = Recorder(window.document, lambda: window.files.name, self)
        self.recorder.trouble.connect(self._told)
        self.sign = _sign()
        self.sign.clicked.connect(self._explain)
        window.status.addPermanentWidget(self.sign)
        self.search = Search(self)
        self.search.found.connect(self._found)
        self._asked = False
        self._closed = False

    def offer(self) -> None:
        """Offers what crashes have left, if they have."""
        self._asked = False
        self.search.start(shelved=False)

    def show_all(self) -> None:
        """Shows all unsaved work that is kept, what was discarded too."""
        self._asked = True
        self.search.start(shelved=True)

    def close(self, leave: bool = False) -> None:
        """The window closes."""
        self._closed = True
        self.recorder.close(leave)
        self.search.wait()

    def recover(self, offer: "Offer") -> bool:
        """Opens unsaved work as unsaved changes of its file; False where that was not done."""
        from designer.recovery.words import name_words

        held = shelf.claim(offer.found.folder)
        if held is None:
            sentence = tr("“{name}” is being recovered in another window.", name=name_words(offer))
            tell(self._window, tr("Nothing was recovered"), sentence)
            return False
        if not self._open_file(offer) or self._window.document.read_only is not None:
            held.close()
            return False
        found, document = offer.found, self._window.document
        for title, project in (
            (text("recover unsaved work"), found.project),
            (text("recover what came after the damage"), found.later),
        ):  # places may be among what was damaged
            if project is not None and not document.edit_project(title, all_placed(project)):
                held.close()
                words = tr("Recovering was given up. The unsaved work is kept: File, Recover unsaved work.")
                self._window.status.showMessage(words, TOLD_MS)
                return False
        if document.path is None and found.head.runs:
            home_of(document).adopt(Path(found.head.runs))
        self.recorder.journal.adopt(found.folder, held, bool(found.damage))
        return True

    def _open_file(self, offer: "Offer") -> bool:
        """Opens what the work was done on: undoing the recovery leads back to it."""
        window, path = self._window, offer.found.path
        if path is not None and offer.file is not None:
            opened = window.files.open(path)
            if not (opened and window.document.read_only):
                return opened
            path = None  # another window has the file: the work is taken up beside it, as a new project
        if offer.on_disk == "later":
            path = None  # what is there is never saved over
        from designer.recovery.words import name_words

        if not window.files.begin(Project(), name_words(offer)):
            return False
        if path is not None and (there := self._ask_disk(path)):
            window.files.on_disk.expect(there[0], Project(), there[1])
            window.document.start(Project(), path)
            window.files.opened.emit()
        return True

    def _ask_disk(self, path: Path) -> tuple[Hold | None, str] | None:
        """The hold on a file and its fingerprint; None where the person waits no longer for its drive."""
        hold = self._window.files.on_disk.holding()
        return beside(lambda: (hold(path), fingerprint(path)), tr("Opening {file}…", file=path.name))

    def _found(self, offers: "list[Offer]") -> None:
        if self._closed or not (offers or self._asked):
            return
        from designer.recovery.dialog import RecoveryDialog

        dialog = RecoveryDialog(offers, self._window, crashed=not self._asked)
        dialog.chosen.connect(self.recover)
        dialog.open()

    def _told(self, trouble: Text | None) -> None:
        """Says once that work cannot be kept, with a sign as long as that is so, and once that it can again."""
        words = say(trouble) if trouble else tr("Unsaved work is kept on disk again.")
        self.sign.setVisible(trouble is not None)
        self.sign.setToolTip(words)
        self.sign.setAccessibleDescription(words)
        self._window.workers.log.emit(words)
        self._window.status.showMessage(words, TOLD_MS)

    def _explain(self) -> None:
        """What the sign stands for."""
        tell(self._window, tr("Unsaved work"), self.sign.toolTip())


def _sign() -> QPushButton:
    """Stands in the status line while unsaved work is not kept as it should be."""
    sign = QPushButton(icon("warning", "warning"), tr("unsaved work at risk"))
    sign.setProperty("role", "quiet")
    sign.hide()
    return sign
