"""The threads between the document's file and the window: the bar above the workspaces, and what its buttons do."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout

from designer.aside import Aside, Task, beside, calmly
from designer.compare.waiting import waited
from designer.disk.bar import DiskBar
from designer.disk.changes import Changes, Found, found_in
from designer.disk.sign import SavingSign
from designer.window.dialogs import tell
from designer.window.main_window import MainWindow
from engine.text import Failure, Text, say, tr

FADES_MS = 6000
BELOW_TOP = 2


def wire_disk(window: MainWindow) -> DiskBar:
    """Puts the bar into the window and connects it."""
    bar, files, document = DiskBar(), window.files, window.document
    middle = window.centralWidget()
    page = middle.layout() if middle else None
    assert isinstance(page, QVBoxLayout)
    page.insertWidget(BELOW_TOP, bar)
    window.status.insertPermanentWidget(1, SavingSign(files.saving, window.status.saved))
    wired = _Wired(window, bar)
    watch = files.on_disk.watch
    watch.differed.connect(lambda _: wired.show())
    document.moved_to.connect(lambda _: wired.show())
    document.undo_stack.cleanChanged.connect(lambda _: wired.show())
    document.refused.connect(lambda why: _say_why(window, why))
    files.opened.connect(wired.show)
    files.opened.connect(lambda: _say(window, ""))
    files.kept.connect(wired.show)
    bar.copy_wanted.connect(files.start_saving_as)
    bar.save_wanted.connect(files.start_saving)
    bar.again_wanted.connect(lambda: wired.carefully(wired.edit_here))
    bar.reload_wanted.connect(lambda: wired.carefully(wired.reload))
    bar.merge_wanted.connect(lambda: wired.carefully(wired.merge))
    bar.compare_wanted.connect(window.commands["compare_saved"].trigger)
    bar.keep_wanted.connect(lambda: wired.carefully(wired.keep))
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.applicationStateChanged.connect(files.on_disk.come_back)
    return bar


class _Wired:
    """What the bar shows, and what its buttons do."""

    def __init__(self, window: MainWindow, bar: DiskBar) -> None:
        self._window, self._bar = window, bar
        self._changes = Changes(window.document, window.files.on_disk)
        self._aside = Aside(window)
        self._looked_into = ""  # the fingerprint of what was on disk
        self._read = False
        self._unreadable: Failure | None = None  # why that cannot be opened, once it was read

    def show(self) -> None:
        """Brings the bar to what is so now."""
        document, files = self._window.document, self._window.files
        elsewhere = document.read_only is not None and not files.later
        self._bar.show_read_only(document.read_only, files.left_out, elsewhere)
        state = files.on_disk.watch.state
        name = document.path.name if document.path else ""
        if state != "changed" or self._look_into():
            self._bar.show_state(state, name, document.modified, self._unreadable if state == "changed" else None)
        if state == "gone" and not document.modified and not document.read_only:
            document.undo_stack.resetClean()

    def carefully(self, act: object) -> None:
        """Does something with the file; what is wrong with it is said, and then nothing has changed."""
        from_bar = self._has_focus()
        try:
            act()  # type: ignore[operator]
        except Failure as failure:
            tell(self._window, tr("The file was not read"), str(failure))
        self.show()
        if from_bar and not self._has_focus():
            shown, design = self._window.spaces.currentWidget(), self._window.design
            target = shown if shown and shown is not design else design.canvas.stage
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self) -> bool:
        focus = self._window.focusWidget()
        return focus is not None and self._bar.isAncestorOf(focus)

    def reload(self) -> None:
        if self._window.document.read_only:
            self._window.files.look_again()
        else:
            path = self._window.document.path
            assert path is not None
            found = beside(lambda: found_in(path), tr("Opening {file}…", file=path.name))
            if found is not None:
                self._changes.reload(found)

    def edit_here(self) -> None:
        if not self._window.files.look_again(to_edit=True):
            self._window.status.showMessage(tr("It is still open in the other window."), FADES_MS)

    def keep(self) -> None:
        if self._window.document.read_only:
            self._window.files.on_disk.watch.accept()
        else:
            self._changes.keep()

    def merge(self) -> None:
        """Merges at once where nothing contradicts itself, and asks for every conflict where something does."""
        from designer.disk.merging import MergeDialog

        path = self._window.document.path
        assert path is not None
        on_disk = beside(lambda: found_in(path), tr("Opening {file}…", file=path.name))
        if on_disk is None:
            return
        theirs, nodes = on_disk.project, len(on_disk.project.graph.nodes)
        found = waited(self._window, tr("Merging…"), lambda: self._changes.merged(theirs), nodes)
        if found is None:
            return
        if found.conflicts:
            dialog = MergeDialog(self._window, path.name, found.conflicts)
            agreed = dialog.exec() == QDialog.DialogCode.Accepted
            take_theirs = dialog.take_theirs
            dialog.deleteLater()
            if not agreed:
                return
            found = self._changes.merged(theirs, take_theirs)
        if self._changes.take(found.project, theirs, on_disk.known):
            self._window.status.showMessage(tr("Merged with the file on disk; undo brings yours back."), FADES_MS)

    def _look_into(self) -> bool:
        """Sees beside the window whether what the file holds now can be opened; whether that is known already."""
        watch = self._window.files.on_disk.watch
        found, path = watch.found, watch.path
        if found != self._looked_into and path is not None:
            self._looked_into, self._read = found, False
            self._aside.start(lambda: calmly(lambda: found_in(path)), lambda task: self._looked(found, task))
        return self._read

    def _looked(self, found: str, task: Task[Found]) -> None:
        if found != self._looked_into:
            return
        self._read, self._unreadable = True, None
        try:
            task.result()
        except Failure as failure:
            self._unreadable = None if self._window.files.later else failure
        self.show()


def _say_why(window: MainWindow, why: Text) -> None:
    """Why an edit was not taken."""
    words = say(why)
    if window.document.read_only:
        words = tr("{why} It cannot be edited here; save a copy to work on.", why=words)
    _say(window, words)


def _say(window: MainWindow, words: str) -> None:
    """Says it beside the mouse where that is over the canvas, and in the status line; nothing takes it away."""
    window.status.showMessage(words, FADES_MS)
    stage = window.design.canvas.stage
    if stage.isVisible():
        at = stage.viewport().mapFromGlobal(QCursor.pos())
        inside = stage.viewport().rect().contains(at)
        middle = QPoint(stage.viewport().width() // 2, stage.viewport().height() // 3)
        stage.hint(words, at if inside else middle, fades=True)
