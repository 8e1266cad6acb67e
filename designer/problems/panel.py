"""The list of problems: each with its severity, its node, its sentence, and a button for each fix."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QWidget

from designer.blocks.problems import Found
from designer.blocks.problems import problems as all_problems
from designer.canvas import commands
from designer.document import Document
from designer.inspector.figures import problems_text
from designer.problems.listing import Rows
from designer.problems.row import ProblemRow
from designer.theme import tokens
from designer.theme.labels import Label, Sign
from engine.check.report import Suggestion
from engine.text import tr

SHOWN = 200


class ProblemsPanel(QScrollArea):
    """Shows the problems of what is drawn and of the network, errors first.

    `asked(name)`: the person wants to see this node; the drawing that it is in is shown by then. `told` carries what
    was gone to or mended, for the status line; `pondered` carries the
    fix of the drawing shown that is under the mouse or has the focus, or None; `freed` comes where the list had the
    focus and nothing is left in it.
    """

    asked = Signal(str)
    told = Signal(str)
    pondered = Signal(object)
    freed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.found: tuple[Found, ...] | None = None
        self._where = document.where
        self._rows = Rows(self._row)
        self.setWidget(self._rows)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # rows take what there is
        document.reported.connect(self.refresh)
        self.refresh()

    @property
    def rows(self) -> list[ProblemRow]:
        """Those that are there: of a long list the first ones come first, the others a little later."""
        return self._rows.made

    def go(self, step: int) -> None:
        """Goes to the problem some places further than the one in focus, round and round."""
        self._rows.finish()
        if not self.rows:
            return
        current = next((i for i, row in enumerate(self.rows) if row.hasFocus()), -1 if step > 0 else 0)
        row = self.rows[(current + step) % len(self.rows)]
        self._ask(row.found)
        row = self._same(row.found)
        row.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(row)
        number, words = self.rows.index(row) + 1, row.accessibleName()
        self.told.emit(tr("Problem {number} of {count}: {words}", number=number, count=len(self.rows), words=words))

    def fix_first(self) -> None:
        """Applies the first fix of the problem in focus, or of the first problem that has one."""
        self._rows.finish()
        rows = sorted(self.rows, key=lambda row: not row.hasFocus())
        row = next((row for row in rows if row.problem.fixes), None)
        if row:
            self._fix(row.found, row.problem.fixes[0])

    def refresh(self, _: object = None) -> None:
        """Shows the problems there are now."""
        problems = tuple(sorted(all_problems(self._document), key=lambda found: found.problem.severity != "error"))
        if problems == self.found and self._where == self._document.where:
            return
        self.found, self._where = problems, self._document.where
        entries = [(found, found.place(self._where)) for found in problems[:SHOWN]]
        at = self._at()
        if at is None or self.rows[at].entry in entries:
            self._rows.show_entries(entries, self._last(problems))
            return
        self.setFocus()  # not left to Qt, which would go to a button that shows what it does
        self._rows.show_entries(entries, self._last(problems))
        if self.rows:
            self._focus(at)
        else:
            self.freed.emit()

    def _at(self) -> int | None:
        """Which row has the focus."""
        return next((i for i, row in enumerate(self.rows) if _focused(row)), None)

    def _focus(self, at: int) -> None:
        self.rows[min(at, len(self.rows) - 1)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _last(self, problems: Sequence[Found]) -> QWidget | None:
        """What stands below the rows."""
        if not problems:
            return _nothing(bool(self._document.project.graph.nodes))
        count = len(problems) - SHOWN
        return Label(tr("… and {count} more", count=count), "secondary") if count > 0 else None

    def _same(self, found: Found) -> ProblemRow:
        """The row of a problem now: once one is in a block, what is wrong there is told at its nodes."""
        same = [row for row in self.rows if row.found == found]
        near = [row for row in self.rows if (row.found.goal, row.found.at) == (found.goal, found.at)]
        return (same or near or self.rows)[0]

    def _row(self, found: Found, place: str) -> ProblemRow:
        row = ProblemRow(found, place)
        row.asked.connect(self._ask)
        row.stepped.connect(lambda step: self._step(row, step))
        row.pondered.connect(lambda fix: self.pondered.emit(fix if found.where == self._document.where else None))
        row.fixed.connect(lambda suggestion: self._fix(found, suggestion))
        return row

    def _step(self, row: ProblemRow, step: int) -> None:
        """Gives the focus to the row so many further, where there is one."""
        at = self.rows.index(row) + step
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(self.rows[at], 0, 0)

    def _ask(self, found: Found) -> None:
        if found.at:
            self._document.go(found.goal, [found.at])
            self.asked.emit(found.at)

    def _fix(self, found: Found, suggestion: Suggestion) -> None:
        """A fix is made in the drawing that it is for, before the person's eyes.

        The focus, where it was in the list, is left at the next problem.
        """
        at = self._at()
        self._document.go(found.where)
        if not commands.mend(self._document, suggestion):
            return
        left = problems_text(len(self.found or ()))
        self.told.emit(tr("Done: {fix}. Now {problems}.", fix=suggestion.title, problems=left))
        if at is not None and self.rows:
            self._focus(at)


def _focused(row: ProblemRow) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is row or row.isAncestorOf(focus))


def _nothing(drawn: bool) -> QWidget:
    """What is shown where nothing is wrong."""
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(3 * tokens.STEP, tokens.STEP, 3 * tokens.STEP, tokens.STEP)
    row.setSpacing(2 * tokens.STEP)
    row.addWidget(Sign("check-circle", "good"))
    words = tr("No problems: the network fits together.") if drawn else tr("No problems: nothing is drawn yet.")
    row.addWidget(Label(words, "secondary"), 1)
    return page
