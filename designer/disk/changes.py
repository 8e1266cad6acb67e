"""What can be done about a file that was changed on disk: take it, merge it, keep what is here."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from designer.blocks.stowing import all_placed
from designer.disk.open_file import OpenFile
from designer.document import Document
from engine.project.file import content_of, loads
from engine.project.project import Project
from engine.text import text

if TYPE_CHECKING:
    from engine.project.merge import Merged
    from engine.project.merge import Path as Way


class Found(NamedTuple):
    """What a file holds: its fingerprint, the project as it stands there, and with a place for every node."""

    known: str
    project: Project
    placed: Project


def found_in(path: Path) -> Found:
    """What a file holds now; on any thread. Raises Failure."""
    content = content_of(path)
    project = loads(content.text, content.name)
    return Found(content.fingerprint, project, all_placed(project))


class Changes:
    """The document on one side, its file on the other. What it does to the document is one step that can be undone."""

    def __init__(self, document: Document, on_disk: OpenFile) -> None:
        self._document, self._on_disk = document, on_disk

    def reload(self, found: Found) -> None:
        """Takes what the file holds; undo brings back what was shown."""
        if self._document.edit_project(text("reload from disk"), found.placed):
            self._document.undo_stack.setClean()
            self._take_note(found.known, found.project)

    def merged(self, theirs: Project, take_theirs: "Collection[Way]" = ()) -> "Merged":
        """Both sides' changes since they were one. Without a common base, whatever differs is a conflict."""
        from engine.project.merge import merge

        base = self._on_disk.base
        return merge(base if base is not None else Project(), self._document.project, theirs, take_theirs)

    def take(self, project: Project, theirs: Project, known: str) -> bool:
        """Takes a merged project, unless that is given up; it is to be saved yet, unless it is what the file holds."""
        if not self._document.edit_project(text("merge with the file on disk"), all_placed(project)):
            return False
        if project == theirs:
            self._document.undo_stack.setClean()
        else:
            self._document.undo_stack.resetClean()
        self._take_note(known, theirs)
        return True

    def keep(self) -> None:
        """Leaves what is shown as it is: the next save goes over what the file holds now."""
        self._on_disk.watch.accept()
        self._document.undo_stack.resetClean()

    def _take_note(self, known: str, theirs: Project) -> None:
        self._on_disk.base = theirs
        self._on_disk.watch.know(known)
        self._on_disk.watch.look()
