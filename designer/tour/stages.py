"""The stages of the tour, one after the other: from the first start to the exported model that reads a drawn digit."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from designer.data.workspace import DataWorkspace
from designer.tour.asking import export, try_it
from designer.tour.camera import Camera
from designer.tour.drawing import correct, draw, wire
from designer.tour.hands import CTRL, click, click_tab, found, press, write
from designer.tour.learning import train
from designer.tour.script import Broken, Do, Steps, Until
from designer.window.main_window import MainWindow
from designer.window.welcome import Welcome
from engine.graph.names import free_name
from engine.text import text

DESIGN, DATA, TRAIN, TRY, EXPORT = range(5)


def whole_job(window: MainWindow, camera: Camera, folder: Path, data: str) -> Steps:
    """Everything that the program is for."""
    yield from come_back(window)
    yield from camera.take("welcome")
    yield from begin_empty(window)
    yield from draw(window)
    yield from camera.take("layers")
    yield from wire(window)
    yield from camera.take("problem")
    yield from correct(window)
    yield from camera.take("network")
    yield from press(Qt.Key.Key_U, CTRL)
    yield from camera.take("code")
    yield from press(Qt.Key.Key_U, CTRL)
    name = free_name("cnn", {path.stem for path in folder.iterdir()})
    yield from save(window, folder / f"{name}.loom")
    yield from choose_data(window, data)
    yield from camera.take("data")
    yield from click_tab(window.top.tabs, TRAIN)
    yield from train(window, camera, epochs=2 if data.startswith("idx:") else 8)
    yield from click_tab(window.top.tabs, EXPORT)
    yield from export(window, folder / f"{name}.onnx")
    yield from camera.take("export")
    yield from click_tab(window.top.tabs, TRY)
    yield from try_it(window, camera)
    yield from press(Qt.Key.Key_Q, CTRL)


def begin_empty(window: MainWindow) -> Steps:
    """Chooses the empty starter of the welcome."""
    yield from click(found(window, Welcome).cards["empty"])
    yield Until(window.design.canvas.isVisible, "canvas")


def save(window: MainWindow, path: Path) -> Steps:
    """Saves under a name that is typed into the dialog."""
    yield from press(Qt.Key.Key_S, CTRL)
    yield from answer_dialog(window, path)
    yield Until(path.is_file, f"file {path.name}")


def choose_data(window: MainWindow, data: str) -> Steps:
    """Takes the bundled digits, or a folder that is typed into the dialog."""
    yield from click_tab(window.top.tabs, DATA)
    space = found(window, DataWorkspace)
    chooser = space.chooser
    if data == "sample:digits":
        yield from click(chooser.samples[0].use)
    elif data.startswith(("idx:", "images:")):
        yield from click(chooser.folder)
        yield from answer_dialog(window, Path(data.partition(":")[2]).absolute())
    else:
        raise Broken(text("the tour takes sample:digits, idx:FOLDER and images:FOLDER, not {data}.", data=data))
    yield Until(lambda: space.summary.parts, "look at the data", seconds=120)


def answer_dialog(window: MainWindow, path: Path) -> Steps:
    """Types a path into the file dialog that has opened, and accepts it."""
    yield Until(lambda: _dialog() is not None, "file dialog")
    dialog = _dialog()
    assert dialog is not None
    yield from click(found(dialog, QLineEdit))
    yield from press(Qt.Key.Key_A, CTRL)
    yield from write(str(path))
    yield from press(Qt.Key.Key_Return)
    yield Until(lambda: _dialog() is None, "end of the file dialog")
    yield from come_back(window)


def come_back(window: MainWindow) -> Steps:
    """Gives the window the focus, as a window manager does when a dialog closes; a virtual display has none."""
    yield Do(window.activateWindow)
    yield Until(window.isActiveWindow, "window in focus")


def _dialog() -> QFileDialog | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()), None)
