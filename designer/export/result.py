"""What the proof of an exported file found, in words and numbers."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from designer.theme import theme, tokens
from designer.theme.icons import icon
from designer.theme.labels import Label
from engine.memory import bytes_text
from engine.messages import Exported
from engine.text import tr

ICON = 5 * tokens.STEP
LIMIT = 1e-4


class ExportResult(QFrame):
    """Hidden until there is a result."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.path = Path()
        self.words = Label(wrap=True)
        self.numbers: dict[str, Label] = {}
        self.show_folder = QPushButton(tr("Show in folder"))
        self.show_folder.clicked.connect(self._show_folder)
        self._icon = QLabel()
        self._fields = QFormLayout()
        self._lay_out()
        self.hide()
        theme.changed.connect(self._show_icon)

    def show_exported(self, event: Exported) -> None:
        """Shows what was written and what the comparison with torch gave."""
        self.path = Path(event.path)
        same = event.largest_absolute == 0
        self.words.setText(
            tr("{file} is written and computes exactly what torch computes.", file=self.path.name)
            if same
            else tr("{file} is written and computes what torch computes.", file=self.path.name)
        )
        self._say(tr("Largest difference"), f"{event.largest_absolute:.2e}   ({_below(event.largest_absolute)})")
        self._say(tr("Largest relative difference"), f"{event.largest_relative:.2e}")
        self._say(tr("Compared on"), tr("{count} validation samples", count=event.samples))
        self._say(tr("At batches of"), ", ".join(map(str, event.batches)))
        self._say(tr("Size"), bytes_text(event.bytes))
        self._say(tr("Format"), tr("ONNX, opset 20, IR 10, any batch size"))
        self._say(tr("File"), str(self.path))
        self._show_icon()
        self.show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * tokens.STEP)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.words, 1)
        self._fields.setHorizontalSpacing(6 * tokens.STEP)
        self._fields.setVerticalSpacing(tokens.STEP)
        foot = QHBoxLayout()
        foot.addWidget(self.show_folder)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * tokens.STEP, 4 * tokens.STEP, 4 * tokens.STEP, 4 * tokens.STEP)
        column.setSpacing(3 * tokens.STEP)
        column.addLayout(head)
        column.addLayout(self._fields)
        column.addLayout(foot)

    def _say(self, name: str, value: str) -> None:
        if name not in self.numbers:
            label = Label(role="number", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.numbers[name] = label
            self._fields.addRow(Label(name, "secondary"), label)
        self.numbers[name].setText(value)

    def _show_icon(self) -> None:
        self._icon.setPixmap(icon("check-circle", "good").pixmap(ICON, ICON))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path.parent)))


def _below(difference: float) -> str:
    return tr("the limit is {limit}", limit=f"{LIMIT:.0e}") if difference else tr("bit for bit the same")
