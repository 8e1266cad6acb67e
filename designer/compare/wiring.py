"""Which commands compare, and with what."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from designer.aside import beside
from designer.window.dialogs import tell
from designer.window.main_window import MainWindow
from engine.project.file import open_file
from engine.project.project import Project
from engine.text import Failure, tr

SPACE = "compare"


def wire_compare(window: MainWindow) -> None:
    """Connects the commands of the File menu."""
    commands, document = window.commands, window.document
    commands.on("compare", lambda: choose(window))
    commands.on("compare_saved", lambda: compare_saved(window))
    document.moved_to.connect(lambda path: commands["compare_saved"].setEnabled(path is not None))
    commands["compare_saved"].setEnabled(document.path is not None)
    window.files.opened.connect(lambda: _forget(window))


def choose(window: MainWindow) -> None:
    """Asks for a file, and compares with it."""
    path = window.document.path
    folder = str(path.parent) if path else str(Path.home())
    filters = ";;".join((tr("Tensorloom projects (*.loom)"), tr("All files (*)")))
    name, _ = QFileDialog.getOpenFileName(window, tr("Compare with"), folder, filters)
    if name:
        compare_file(window, Path(name))


def compare_saved(window: MainWindow) -> None:
    """Compares what is shown with what its file holds."""
    if window.document.path is not None:
        compare_file(window, window.document.path, called=tr("the saved version"))


def compare_file(window: MainWindow, path: Path, title: str = "", called: str = "") -> None:
    """Compares with a file: another version, or the network of a run."""
    try:
        other = beside(lambda: open_file(path).project, tr("Opening {file}…", file=path.name))
    except Failure as failure:
        tell(window, tr("This file was not opened"), str(failure))
        return
    if other is not None:
        show(window, other, title or path.stem, called)


def show(window: MainWindow, other: Project, title: str, called: str = "") -> None:
    """Shows what differs between another project and the one that is open."""
    from designer.compare.workspace import CompareWorkspace

    if not window.spaces.has(SPACE):
        made = CompareWorkspace(window.document)
        made.closed.connect(lambda: window.spaces.show_space("design"))
        window.spaces.put(SPACE, made)
    space = window.spaces.get(SPACE)
    assert isinstance(space, CompareWorkspace)
    space.compare_with(other, title, called)
    window.spaces.show_space(SPACE)
    space.changes.setFocus()


def _forget(window: MainWindow) -> None:
    """Another project was opened: what it was compared with is of no use any more."""
    if window.spaces.has(SPACE):
        window.spaces.get(SPACE).forget()  # type: ignore[attr-defined]
