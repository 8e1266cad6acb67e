"""Starts real windows quickly: imports everything once, then forks a process for each window that is asked for.

Reads a line of JSON for each, and answers with the number of its process. A window either edits at random, and logs
every state with its time, or recovers what was left. It lives until it is killed.
"""

import hashlib
import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from designer.arranging import arranged
from designer.canvas import commands
from designer.canvas.ports import ports_of
from designer.document import Document
from designer.recovery.dialog import RecoveryDialog
from designer.window.app import make_application, make_window
from designer.window.main_window import MainWindow
from designer.workers import Workers
from engine.check.fitting import upstream
from engine.graph import Place, free_name
from engine.graph.edits import set_layer
from engine.layers import layer_type, with_parameters
from engine.project.file import dumps
from engine.project.journal.journal import Journal
from engine.project.project import Project
from engine.text import text

KINDS = ("conv2d", "relu", "concat", "linear", "identity", "batch_norm2d")


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            os.dup2(2, 1)
            try:
                run(**json.loads(line))
            finally:
                traceback.print_exc()
                os._exit(1)
        print(child, flush=True)


def run(mode: str, folder: str, seed: int) -> None:
    """A window of its own, in this process."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        os.environ[name] = folder
    log = Log(Path(folder) / f"{mode}.log")
    Workers.warm = lambda self: None  # type: ignore[method-assign] - no training here
    application = make_application()
    window = make_window(Path(folder) / "net.loom" if mode == "edit" else None)
    window.resize(640, 480)
    kept: list[Session | Recovering] = []
    window.painted.connect(
        lambda: kept.append(Session(window, log, seed) if mode == "edit" else Recovering(application, log))
    )
    window.show()
    log.write("shown")
    application.exec()


class Log:
    """Lines that are there whatever happens to the process: time, word, state."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write(self, word: str, project: Project | None = None) -> None:
        state = state_of(project) if project is not None else ""
        os.write(self._file, f"{time.monotonic()} {word} {state}\n".encode())


def state_of(project: Project) -> str:
    """A project by a number of its own."""
    return hashlib.sha256(dumps(project).encode()).hexdigest()


class Session:
    """A person who edits, undoes and saves at random, quickly and without rest."""

    def __init__(self, window: MainWindow, log: Log, seed: int) -> None:
        self._window, self._log = window, log
        self._dice = random.Random(seed)
        self._edits: tuple[Callable[[Document], object], ...] = (
            *(self._nudge, self._type) * 3,
            *(self._add, self._connect, self._rename, self._undo, self._undo, self._redo),
            *(self._delete, self._annotate, self._train_otherwise, self._arrange),
        )
        note = Journal.note

        def noted(journal: Journal, project: Project, runs: str = "") -> None:
            log.write("about", project)
            note(journal, project, runs)

        Journal.note = noted  # type: ignore[method-assign]
        self._timer = QTimer(window, singleShot=True)
        self._timer.timeout.connect(self._turn)
        self._log.write("began", window.document.project)
        self._timer.start(0)

    def _turn(self) -> None:
        document = self._window.document
        dice = self._dice.random()
        if dice < 0.02:
            self._window.files.save()
            self._log.write("saved", document.project)
        elif dice < 0.05:
            self._window.files.start_saving()  # and goes on meanwhile
        else:
            before = document.project
            try:
                self._dice.choice(self._edits)(document)
            except Exception:
                self._log.write("fault")
                raise
            if document.project is not before:
                self._log.write("edited", document.project)
        self._timer.start(self._dice.choice((1, 5, 15, 40, 120)))

    def _one(self, document: Document) -> str:
        return self._dice.choice(list(document.graph.nodes) or [""])

    def _nudge(self, document: Document) -> None:
        document.select([self._one(document)])
        commands.nudge(document, self._dice.choice((-24, 24)), self._dice.choice((-24, 24)))

    def _type(self, document: Document) -> None:
        """Types in a field: steps that become one."""
        found = [name for name, node in document.graph.nodes.items() if layer_type(node.layer) == "conv2d"]
        if found:
            name = self._dice.choice(found)
            changed = with_parameters(document.graph.nodes[name].layer, out_channels=self._dice.randrange(1, 999))
            document.edit(text("change out_channels"), set_layer(document.graph, name, changed), merge=name)

    def _add(self, document: Document) -> None:
        commands.add(document, self._dice.choice(KINDS), Place(24.0 * self._dice.randrange(40), 0))

    def _connect(self, document: Document) -> None:
        source, target = self._one(document), self._one(document)
        if source and target and target not in upstream(document.graph, source) | {source}:
            outlets = ports_of(source, document.graph.nodes[source]).outlets
            inlets = ports_of(target, document.graph.nodes[target]).inlets
            if outlets and inlets:
                commands.connect(document, outlets[0], inlets[0])

    def _rename(self, document: Document) -> None:
        if name := self._one(document):
            commands.rename(document, name, free_name("renamed", document.graph.nodes))

    def _delete(self, document: Document) -> None:
        if len(document.graph.nodes) > 4:
            document.select([self._one(document)])
            commands.delete(document)

    def _undo(self, document: Document) -> None:
        document.undo_stack.undo()

    def _redo(self, document: Document) -> None:
        document.undo_stack.redo()

    def _annotate(self, document: Document) -> None:
        from msgspec.structs import replace

        from engine.graph.annotations import Annotations, Box, Note

        note = Note(f"note {self._dice.random()}", Box(0, 0, 99, 99))
        document.edit(text("add note"), replace(document.graph, annotations=Annotations(notes={"note1": note})))

    def _train_otherwise(self, document: Document) -> None:
        from msgspec.structs import replace

        document.set_recipe(replace(document.project.recipe, epochs=self._dice.randrange(1, 99)))

    def _arrange(self, document: Document) -> None:
        document.edit(text("arrange"), arranged(document.graph))


class Recovering:
    """Takes the first offer as soon as it is there."""

    def __init__(self, application: QApplication, log: Log) -> None:
        self._application, self._log = application, log
        self._timer = QTimer(application, interval=1)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def _turn(self) -> None:
        for window in self._application.topLevelWidgets():
            if isinstance(window, RecoveryDialog) and window.isVisible():
                self._timer.stop()
                self._log.write("offered")
                window.rows[0].recover.click()
                self._log.write("recovered")


def arguments(**given: Any) -> str:
    """The line that asks for a window."""
    return json.dumps(given) + "\n"


if __name__ == "__main__":
    main()
