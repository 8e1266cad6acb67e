"""Having back what a journal keeps: the last state that is sound, and after damage what else of it is."""

import json
import logging
from pathlib import Path

import msgspec

from engine.project.faults import LaterVersion, WrongContent
from engine.project.file import loads
from engine.project.journal.group import FORMAT, Group, Head, read_groups, read_head
from engine.project.journal.state import State
from engine.project.later import understood
from engine.project.project import Project
from engine.text import Failure, Text, text

log = logging.getLogger(__name__)

JOURNAL = "journal"
_OF_LATER = text("It was kept by a later version of Tensorloom, and can be recovered with that.")


class Recovered(msgspec.Struct, frozen=True):
    """What a journal gives.

    `project` is the last state up to which everything is sound, as it was at `edited` (seconds since 1970); None
    where there is none. `later` is, where damage lies before the end, the state with what is sound after it too.
    `damage` says what is wrong; empty for a sound journal. `of_later`: a later version of the program kept it, and
    only that can read it.
    """

    folder: Path
    head: Head = Head()
    project: Project | None = None
    later: Project | None = None
    edited: float = 0.0
    damage: tuple[Text, ...] = ()
    of_later: bool = False

    @property
    def best(self) -> Project | None:
        """The state with the most of the work in it."""
        return self.later if self.later is not None else self.project

    @property
    def path(self) -> Path | None:
        """The project's file, if it had one."""
        return Path(self.head.path) if self.head.path else None


def recover(folder: Path) -> Recovered:
    """Reads a journal. Raises nothing, whatever its state."""
    try:
        content = (folder / JOURNAL).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Recovered(folder, damage=(text("The journal cannot be read: {reason}.", reason=reason),))
    try:
        return _Reading(folder).read(content)
    except Exception:
        log.exception("the journal in %s could not be read", folder)
        return Recovered(folder, damage=(text("Nothing of the journal can be read."),))


class _Reading:
    """One reading of a journal: the state as it grows, and what is found on the way."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = State()
        self._head = Head()
        self._sound: str | None = None
        self._edited = 0.0
        self._damage: list[Text] = []
        self._of_later = False

    def read(self, content: bytes) -> Recovered:
        """The whole journal."""
        for place, group in enumerate(read_groups(content)):
            self._take(group, first=place == 0)
        if self._head.journal > FORMAT:
            self._of_later = True
            self._damage[:] = [_OF_LATER]
            return self._recovered(None, None)
        if self._state.empty and self._sound is None:
            self._damage[:] = [text("Nothing of the journal can be read.")]
            return self._recovered(None, None)
        grown = self._written()
        if self._sound in (None, grown):
            return self._recovered(self._project(grown), None)
        return self._recovered(self._project(self._sound or grown), self._project(grown))

    def _take(self, group: Group, first: bool) -> None:
        if first:
            self._head = read_head(group.lines)
        if group.whole and not group.ended and not first:
            return  # the crash came while it was written
        if not group.whole or not group.ended:
            self._note(first)
        for value in group.lines:
            self._state.take(value)
        if self._sound is None:
            self._edited = max(self._edited, group.at)

    def _note(self, first: bool) -> None:
        """A group is damaged. Of the first, what is sound counts; of a later one, what was before it."""
        if first:
            self._damage.append(text("Parts of the network are damaged and missing; the others are here."))
        elif self._sound is None:
            self._damage.append(text("An edit is damaged; everything before it is sound."))
            self._sound = self._written()

    def _written(self) -> str:
        return json.dumps(self._state.content(), ensure_ascii=False)

    def _project(self, written: str) -> Project | None:
        name = name_of(self._head)
        try:
            return loads(written, name)
        except LaterVersion:
            self._of_later = True
            self._damage[:] = [_OF_LATER]
            return None
        except WrongContent as failure:
            self._damage.append(failure.text)
            return _as_far_as_understood(written, name)
        except Failure as failure:
            self._damage.append(failure.text)
            return None

    def _recovered(self, project: Project | None, later: Project | None) -> Recovered:
        return Recovered(self._folder, self._head, project, later, self._edited, tuple(self._damage), self._of_later)


def _as_far_as_understood(written: str, name: str) -> Project | None:
    """Where sound lines do not go together: without what does not."""
    try:
        return understood(json.loads(written), name)[0]
    except WrongContent:
        return None


def name_of(head: Head) -> str:
    """What sentences call the project."""
    return Path(head.path).name if head.path else head.title or "project.loom"
