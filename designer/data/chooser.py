"""The sources to choose from: a folder, a file, the samples."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from designer.data.sources import Offered, samples
from designer.theme import tokens
from designer.theme.icons import icon
from designer.theme.labels import Label, line
from engine.text import tr


class Chooser(QWidget):
    """`chosen` carries a source; `path_wanted` "folder" or "file"; `download_wanted` a sample's source."""

    chosen = Signal(str)
    path_wanted = Signal(str)
    download_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.folder = _button(tr("Choose a folder…"), "folder-open")
        self.file = _button(tr("Choose a file…"), "file")
        self.folder.clicked.connect(lambda: self.path_wanted.emit("folder"))
        self.file.clicked.connect(lambda: self.path_wanted.emit("file"))
        self.samples = [SampleCard(sample) for sample in samples()]
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * tokens.STEP, 5 * tokens.STEP, 4 * tokens.STEP, 4 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(Label(tr("Your data"), "title"))
        kinds = tr("Images in a folder for each class, IDX files, a zip of images, or NPZ. Or drop it here.")
        column.addWidget(Label(kinds, "secondary", wrap=True))
        column.addWidget(self.folder)
        column.addWidget(self.file)
        column.addSpacing(2 * tokens.STEP)
        column.addWidget(line())
        column.addSpacing(2 * tokens.STEP)
        column.addWidget(Label(tr("Samples"), "title"))
        for card in self.samples:
            card.use.clicked.connect(lambda _=False, card=card: self.chosen.emit(card.sample.source))
            card.download.clicked.connect(lambda _=False, card=card: self.download_wanted.emit(card.sample.source))
            column.addWidget(card)
        column.addStretch(1)

    def show_chosen(self, source: str) -> None:
        """Marks the sample that is in use, and looks again what is on this machine."""
        for card, sample in zip(self.samples, samples(), strict=True):
            card.show_sample(sample)
            card.show_used(card.sample.source == source)

    def show_busy(self, busy: bool) -> None:
        """While a download runs, a second one is not begun."""
        for card in self.samples:
            card.download.setEnabled(not busy)


class SampleCard(QFrame):
    """A sample data set: what it is, and the button that takes it, or fetches it first."""

    def __init__(self, sample: Offered) -> None:
        super().__init__()
        self.sample = sample
        self.setProperty("role", "card")
        self.use = QPushButton(tr("Use {sample}", sample=sample.title))
        self.download = QPushButton(tr("Download {sample}", sample=sample.title))
        self.download.setIcon(icon("download-simple"))
        self.to_fetch = Label("", "secondary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(Label(sample.title, "title"))
        column.addWidget(Label(sample.about, "secondary", wrap=True))
        for part in (self.to_fetch, self.use, self.download):
            column.addWidget(part)
        self.show_sample(sample)

    def show_sample(self, sample: Offered) -> None:
        """Shows whether it can be used, or must be downloaded first."""
        self.sample = sample
        self.to_fetch.setText(sample.download)
        self.to_fetch.setVisible(bool(sample.download))
        self.download.setVisible(bool(sample.download))
        self.use.setVisible(not sample.download)

    def show_used(self, used: bool) -> None:
        """A data set in use can be looked at again."""
        title = self.sample.title
        self.use.setText(tr("In use: look again") if used else tr("Use {sample}", sample=title))


def _button(words: str, glyph: str) -> QPushButton:
    button = QPushButton(words)
    button.setIcon(icon(glyph))
    return button
