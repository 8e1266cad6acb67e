"""The panel at the foot and what it brings up: problems on the canvas, runs in the workspaces."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from designer.compare.wiring import compare_file
from designer.problems.panel import ProblemsPanel
from designer.window.dialogs import tell
from designer.window.log_panel import LogPanel
from designer.window.main_window import MainWindow
from engine.project.file import load
from engine.text import Failure, tr

PROBLEMS, RUNS, LOG = range(3)


def wire_bottom(window: MainWindow) -> None:
    """Fills the panel and connects its commands."""
    bottom, commands = window.bottom, window.commands
    problems = ProblemsPanel(window.document)
    problems.asked.connect(lambda name: show_node(window, name))
    problems.pondered.connect(window.design.canvas.fix_preview.show)
    bottom.add(tr("Problems"), lambda: problems)
    bottom.add(tr("Runs"), lambda: _runs(window))
    bottom.add(tr("Log"), lambda: LogPanel(window.workers))
    bottom.page(PROBLEMS)
    commands.on("next_problem", lambda: _go(window, problems, 1))
    commands.on("previous_problem", lambda: _go(window, problems, -1))
    commands.on("fix_problem", lambda: _fix(window, problems))
    commands.on("show_runs", lambda: show_bottom(window, RUNS))
    commands.on("show_log", lambda: show_bottom(window, LOG))
    window.status.problems.clicked.connect(lambda _: show_bottom(window, PROBLEMS))
    window.document.reported.connect(lambda _: _count_problems(window, problems))
    _count_problems(window, problems)


def show_node(window: MainWindow, name: str) -> None:
    """Goes to a node on the canvas and selects it."""
    if name in window.document.graph.nodes:
        window.spaces.show_space("design")
        window.document.select([name])
        window.design.canvas.show_node(name)


def show_path(window: MainWindow, path: str) -> None:
    """Goes to a node by the way to it from the network: "stage1/conv1"."""
    *way, name = (part for part in path.split("/") if not part.isdecimal())
    window.document.go(tuple(way))
    show_node(window, name)


def show_bottom(window: MainWindow, tab: int) -> None:
    """Shows a tab of the panel, in a workspace that has the panel."""
    if window.bottom.isHidden():
        window.spaces.show_space("design")
    window.bottom.show_tab(tab)


def open_network(window: MainWindow, path: Path) -> None:
    """Shows the network that a run was trained with, as a new project: the run keeps its own."""
    try:
        project = load(path)
    except Failure as failure:
        tell(window, tr("This network was not opened"), str(failure))
        return
    window.files.begin(project, path.parent.name)


def _go(window: MainWindow, problems: ProblemsPanel, step: int) -> None:
    show_bottom(window, PROBLEMS)
    problems.go(step)


def _fix(window: MainWindow, problems: ProblemsPanel) -> None:
    """What it does to the drawing is seen."""
    window.spaces.show_space("design")
    problems.fix_first()


def _count_problems(window: MainWindow, panel: ProblemsPanel) -> None:
    problems = [found.problem for found in panel.found or ()]
    title = tr("Problems {count}", count=len(problems)) if problems else tr("Problems")
    window.bottom.name_tab(PROBLEMS, title)
    for id in ("next_problem", "previous_problem"):
        window.commands[id].setEnabled(bool(problems))
    window.commands["fix_problem"].setEnabled(any(problem.fixes for problem in problems))


def _runs(window: MainWindow) -> QWidget:
    from designer.training.runs_panel import RunsPanel

    panel = RunsPanel(window.document, window.workers)
    panel.curves_requested.connect(lambda folder: _show_curves(window, folder))
    panel.resume_requested.connect(lambda folder: _resume(window, folder))
    panel.export_requested.connect(lambda folder, checkpoint: _export(window, folder, checkpoint))
    panel.network_requested.connect(lambda path: open_network(window, path))
    panel.compare_requested.connect(lambda path: compare_file(window, path, path.parent.name))
    return panel


def _show_curves(window: MainWindow, folder: Path) -> None:
    window.spaces.show_space("training")
    window.spaces.training.show_run(folder)


def _resume(window: MainWindow, folder: Path) -> None:
    window.spaces.show_space("training")
    window.spaces.training.resume(folder)


def _export(window: MainWindow, folder: Path, checkpoint: str) -> None:
    window.spaces.show_space("exporting")
    window.spaces.exporting.choose(folder, checkpoint)
