"""Asks what a picture is to show; it can be copied or saved."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from designer.inspector.numbers import NotANumber, NumberBox
from designer.picturing.wish import Wish, draw, mime
from designer.theme import theme
from designer.theme.labels import Label
from designer.theme.tokens import STEP
from designer.window.main_window import MainWindow
from engine.layers import Range
from engine.text import Failure, Text, say, text, tr

SCALES = Range(0.1, 8)

PARTS: Mapping[str, Text] = {"all": text("All"), "selection": text("Selection"), "view": text("What is in sight")}
LOOKS: Mapping[str, Text] = {"light": text("Light"), "dark": text("Dark")}
KINDS: Mapping[str, Text] = {"png": text("PNG"), "svg": text("SVG"), "pdf": text("PDF")}


class Choice(QWidget):
    """One of a few words, side by side."""

    def __init__(self, words: Mapping[str, Text], chosen: str, name: str) -> None:
        super().__init__()
        self.buttons: dict[str, QRadioButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4 * STEP)
        for value, title in words.items():
            button = self.buttons[value] = QRadioButton(say(title))
            button.setChecked(value == chosen)
            button.setAccessibleName(f"{name}: {say(title)}")
            group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)

    @property
    def value(self) -> Any:
        return next(value for value, button in self.buttons.items() if button.isChecked())


class PictureDialog(QDialog):
    """Stays open until the picture is copied or saved, or the person leaves."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        some = bool(window.document.selection)
        self.part = Choice(PARTS, "selection" if some else "all", tr("Part"))
        self.part.buttons["selection"].setEnabled(some)
        self.look = Choice(LOOKS, "light" if theme.tokens.light else "dark", tr("Theme"))
        self.kind = Choice(KINDS, "png", tr("Kind"))
        self.scale = NumberBox(False, SCALES)
        self.scale.show_number(2)
        self.says = Label("", "problem", wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.copy = self._button(tr("Copy"), self._copy)
        self.save = self._button(tr("Save…"), self._save)
        self._lay_out()
        self.part.buttons[self.part.value].setFocus()
        for button in self.kind.buttons.values():
            button.toggled.connect(lambda _: self.scale.setEnabled(self.kind.value == "png"))

    def wish(self) -> Wish:
        """What is asked for. Raises NotANumber."""
        scale = self.scale.read() if self.kind.value == "png" else 1
        if scale is None or not SCALES.holds(scale):
            raise NotANumber
        return Wish(self.part.value, self.look.value, self.kind.value, float(scale))

    def _copy(self) -> None:
        self._do(lambda wish: QGuiApplication.clipboard().setMimeData(mime(self._window.document, wish, self._seen())))
        if not self.says.isVisible():
            self._window.status.showMessage(tr("The picture is on the clipboard."), 5000)

    def _save(self) -> None:
        def write(path: Path, wish: Wish) -> None:
            draw(self._window.document, wish, path, self._seen())

        def ask(wish: Wish) -> None:
            files = self._window.files
            filters = tr("{kind} picture (*.{ending})", kind=wish.kind.upper(), ending=wish.kind)
            path = files.write(tr("Save picture"), f"{files.name}.{wish.kind}", filters, lambda path: write(path, wish))
            if path:
                self._window.status.showMessage(tr("Saved {file}", file=path.name), 5000)

        self._do(ask)

    def _do(self, act: Callable[[Wish], object]) -> None:
        """Acts on what is asked for and closes; says what is wrong, and stays, where it cannot."""
        self.says.hide()
        try:
            act(self.wish())
        except NotANumber:
            self.says.setText(tr("The scale is a number from {low} to {high}.", low=SCALES.low, high=SCALES.high))
            self.says.show()
        except Failure as failure:
            self.says.setText(str(failure))
            self.says.show()
        else:
            self.accept()

    def _seen(self) -> Any:
        return self._window.design.canvas.stage.seen()

    def _button(self, words: str, call: Callable[[], object]) -> QPushButton:
        button = self.buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
        button.clicked.connect(lambda _checked: call())
        return button

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Picture"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * STEP)
        grid.setVerticalSpacing(3 * STEP)
        rows: tuple[tuple[str, QWidget], ...] = (
            (tr("Part"), self.part),
            (tr("Theme"), self.look),
            (tr("Kind"), self.kind),
            (tr("Scale"), self.scale),
        )
        for row, (words, widget) in enumerate(rows):
            grid.addWidget(Label(words, "secondary"), row, 0)
            grid.addWidget(widget, row, 1)
        self.scale.setAccessibleName(tr("Scale"))
        self.scale.setToolTip(tr("Pixels for each point of the drawing"))
        self.scale.setFixedWidth(20 * STEP)
        self.says.hide()
        self.buttons.rejected.connect(self.reject)
        self.copy.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * STEP, 5 * STEP, 5 * STEP, 4 * STEP)
        column.setSpacing(4 * STEP)
        column.addLayout(grid)
        column.addWidget(self.says)
        column.addWidget(self.buttons)
