"""What is to be said of the document's file, above the canvas: it can only be looked at, it was changed, it is gone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from designer.disk.watch import State
from designer.panels.notice import Action, Notice
from designer.theme import tokens
from designer.window.dialogs import tell
from engine.project.faults import LaterVersion, listed
from engine.text import Failure, Text, say, tr


class LongNotice(Notice):
    """A notice as wide as the window: its buttons stand beside the sentence."""

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * tokens.STEP, 2 * tokens.STEP, 2 * tokens.STEP, 2 * tokens.STEP)
        row.setSpacing(2 * tokens.STEP)
        row.addWidget(self._icon)
        row.addWidget(self._sentence, 1)
        self._row.setSpacing(2 * tokens.STEP)
        row.addLayout(self._row)


class DiskBar(QWidget):
    """Two sentences with their buttons, hidden while there is nothing to say.

    The signals are what the buttons ask for.
    """

    copy_wanted = Signal()
    again_wanted = Signal()
    reload_wanted = Signal()
    compare_wanted = Signal()
    merge_wanted = Signal()
    keep_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.closed_to_edits, self.differs = LongNotice(), LongNotice()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * tokens.STEP, 2 * tokens.STEP, 2 * tokens.STEP, 2 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        for notice in (self.closed_to_edits, self.differs):
            column.addWidget(notice)
        self.hide()

    def show_read_only(self, why: Text | None, left_out: tuple[Text, ...], again: bool) -> None:
        """Why the project can only be looked at; None where it can be edited."""
        if why is None:
            self.closed_to_edits.clear()
            self._fold()
            return
        words = [tr("{why} It can be looked at and copied from, and not be edited.", why=say(why))]
        if left_out:
            words.append(tr("{count} things in it are not understood here.", count=len(left_out)))
        actions: list[Action] = [(tr("Save as copy…"), self.copy_wanted.emit)]
        if left_out:
            actions.append((tr("What is left out"), lambda: self._tell(left_out)))
        if again:
            actions.append((tr("Try to edit it here"), self.again_wanted.emit))
        self.closed_to_edits.say("secondary", " ".join(words), *actions)
        self._fold()

    def show_state(self, state: State, file: str, modified: bool, unreadable: Failure | None = None) -> None:
        """What became of the file; `unreadable` is why what is there now cannot be opened."""
        if state == "same":
            self.differs.clear()
        elif state == "gone":
            words = tr(
                "“{file}” is no longer there. What is shown here is kept; save it to have it on disk.", file=file
            )
            self.differs.say("warning", words, (tr("Save it again"), self.save_wanted.emit))
        elif unreadable:
            words = tr("“{file}” was changed on disk and cannot be opened now. {why}", file=file, why=str(unreadable))
            copy, keep = (tr("Save as copy…"), self.copy_wanted.emit), (tr("Keep what is shown"), self.keep_wanted.emit)
            self.differs.say("warning", words, copy if isinstance(unreadable, LaterVersion) else keep)
        else:
            self._show_changed(file, modified)
        self._fold()

    def _show_changed(self, file: str, modified: bool) -> None:
        """Each button has its place with and without the merge: none comes under a hand that is about to press."""
        compare = (tr("Compare"), self.compare_wanted.emit)
        reload = (tr("Reload"), self.reload_wanted.emit)
        keep = (tr("Keep what is shown"), self.keep_wanted.emit)
        if not modified:
            self.differs.say("warning", tr("“{file}” was changed on disk.", file=file), compare, reload, keep)
            return
        words = tr("“{file}” was changed on disk, and you have changes that are not saved.", file=file)
        merge = (tr("Merge"), self.merge_wanted.emit)
        self.differs.say("warning", words, merge, compare, reload, keep)

    def _tell(self, left_out: tuple[Text, ...]) -> None:
        tell(self, tr("Left out"), say(listed(left_out)).strip())

    def _fold(self) -> None:
        self.setVisible(not (self.closed_to_edits.isHidden() and self.differs.isHidden()))
