"""The studio: the real window in a process of its own, set up for a scene and pictured in both themes.

Run as `python -m tests.pictures.studio FOLDER SCENE[@SIZE]…`; the scale is QT_SCALE_FACTOR, as for any Qt program.
Nothing of the machine gets into a picture: settings and data lie in an empty folder, clocks stand still, fonts are
those of fonts-dejavu-core, the screen is one that Qt is told of.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QRect, QSettings, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from designer.garbage import Collector
from designer.theme import theme
from designer.theme.style import dress
from designer.window.appearance import Appearance, Choice
from designer.window.main_window import MainWindow
from designer.window.wiring import wire

ROOT = Path(__file__).parents[2]
SCREEN = (1920, 1200)
THEMES: tuple[Choice, ...] = ("dark", "light")
PATIENCE_SECONDS = 120.0
FAMILIES = {"words": "DejaVu Sans", "numbers": "DejaVu Sans Mono"}


class Studio:
    """A window of a size, and how to wait for it."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.appearance = Appearance()
        self.window = MainWindow()
        wire(self.window, self.appearance)
        self.window.resize(*size)
        self.window.restore()
        self.window.resize(*size)
        self.window.move(160, 100)
        self.window.top.show_devices(["CPU · 2 cores"])
        self.window.show()
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    def wait(self, condition: Callable[[], object]) -> None:
        """Lets the window work until this holds."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"{condition} was not met in {PATIENCE_SECONDS} s")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def picture(self) -> QImage:
        """The window with all that lies above it, once two pictures one after another are the same."""
        kept: list[QImage] = [QImage()]

        def still() -> bool:
            for _ in range(3):
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            kept.append(self._grab())
            return kept[-1] == kept[-2]

        self.wait(still)
        return kept[-1]

    def close(self) -> None:
        """Takes the window down."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()
        self.window.may_close = lambda: True
        self.window.close()
        self.window.deleteLater()
        self.appearance.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _grab(self) -> QImage:
        image = self.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        painter = QPainter(image)
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible() and widget.isWindow() and not _is_tip(widget):
                at = widget.pos() - self.window.pos()
                painter.drawPixmap(at, widget.grab())
                if isinstance(widget, QDialog):  # the frame that a desktop gives it
                    painter.setPen(QColor(theme.tokens.secondary))
                    painter.drawRect(QRect(at, widget.size()).adjusted(-1, -1, 0, 0))
        painter.end()
        return image


def _is_tip(widget: QWidget) -> bool:
    return bool(widget.windowFlags() & Qt.WindowType.ToolTip == Qt.WindowType.ToolTip)


def start(folder: Path, scale: int, wanted: Sequence[str]) -> subprocess.Popen[bytes]:
    """Begins to take the wanted scenes ("canvas", "canvas@1024x700"), in a process of its own, in both themes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "XDG_", "LC_"))}
    told = {"QT_SCALE_FACTOR": str(scale), "LANGUAGE": "en", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    command = [sys.executable, "-m", "tests.pictures.studio", str(folder), *wanted]
    return subprocess.Popen(command, cwd=ROOT, env={**kept, **told})


def main(arguments: Sequence[str]) -> int:
    """Takes every wanted scene of the command line."""
    folder, *wanted = arguments
    with tempfile.TemporaryDirectory(prefix="tensorloom-pictures-") as user:
        _seclude(Path(user))
        application = make_application()
        for name in wanted:
            take(Path(folder), name)
        application.processEvents()
    return 0


def take(folder: Path, wanted: str) -> None:
    """Sets a scene up in a window of its own, and takes it in both themes."""
    from tests.pictures.scenes import SCENES, SIZE

    QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "tensorloom", "window").clear()
    name, _, size = wanted.partition("@")
    width, height = (int(side) for side in size.split("x")) if size else SIZE
    studio = Studio((width, height))
    SCENES[name](studio)
    for scheme in THEMES:
        studio.appearance.choose(scheme)
        picture = studio.picture()
        picture.save(str(folder / f"{wanted}-{scheme}-{round(100 * picture.devicePixelRatio())}.png"))
    studio.close()


def _seclude(user: Path) -> None:
    """Nothing is read or left in the folders of whoever takes the pictures; the screen is one of its own."""
    os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = str(user)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(user))
    scale = int(os.environ["QT_SCALE_FACTOR"])
    screen = {"name": "pictures", "x": 0, "y": 0, "width": SCREEN[0] * scale, "height": SCREEN[1] * scale}
    config = user / "screen.json"
    config.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={config}"
    os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"


def make_application() -> QApplication:
    """The application as it is dressed for a person, with the fonts of the references, nothing blinking or gliding."""
    application = QApplication([])
    Collector(application)
    application.setApplicationName("Tensorloom")
    QApplication.setCursorFlashTime(0)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, False)
    for kind, family in FAMILIES.items():
        of = QFontDatabase.SystemFont.FixedFont if kind == "numbers" else QFontDatabase.SystemFont.GeneralFont
        if family not in QFontDatabase.families():
            raise SystemExit(f"Pictures need the font {family} (apt-get install fonts-dejavu-core).")
        if QFontDatabase.systemFont(of).family() != family:
            QFont.insertSubstitution(QFontDatabase.systemFont(of).family(), family)
    dress(application)
    return application


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
