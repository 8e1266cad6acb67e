"""A template in the gallery: its picture, what it is, and what it costs at the size that is wished for."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from designer.gallery.making import Made, Wish
from designer.inspector.figures import flops_text, parameters_text
from designer.theme.labels import Label
from designer.theme.tokens import STEP
from engine.project.templates import Template
from engine.text import say, tr

PICTURE = QSize(28 * STEP, 42 * STEP)
LOWEST = 46 * STEP


class Card(QPushButton):
    """A button that begins with the template; where the network cannot take such images, it says why instead."""

    def __init__(self, template: Template) -> None:
        super().__init__()
        self.template = template
        self.made: Made | None = None
        self.setObjectName(f"template-{template.id}")
        self.setProperty("role", "starter")
        self.setMinimumHeight(LOWEST)
        self._row = QHBoxLayout(self)
        self.picture = QLabel()
        self.picture.setFixedSize(PICTURE)
        self.size_words = Label("", "number", wrap=True)
        self.cost_words = Label("", "number", wrap=True)
        self.fault_words = Label("", "warning", wrap=True)
        self._lay_out()

    def show_wish(self, wish: Wish) -> None:
        """Says which size is being drawn; what it costs comes with `show_made`."""
        self.made = None
        self.setEnabled(False)
        channels, height, width = wish.shape(self.template)
        size = f"{channels}×{height}×{width}"
        self.size_words.setText(tr("{size} → {count} classes", size=size, count=wish.count(self.template)))
        self.cost_words.setText(tr("drawing …"))
        self.fault_words.hide()
        self.cost_words.show()

    def show_made(self, made: Made) -> None:
        """Shows the network as it is at the wished size, or why there is none."""
        self.made = made
        self.setEnabled(True)  # also where it cannot be: the reason has to be read
        self.cost_words.setVisible(made.project is not None)
        self.fault_words.setVisible(made.project is None)
        if made.fault:
            self.fault_words.setText(say(made.fault))
        else:
            self.cost_words.setText(f"{parameters_text(made.cost.parameters)} · {flops_text(made.cost.flops)}")
        self.picture.setPixmap(QPixmap.fromImage(made.image))
        words = self.fault_words.text() if made.fault else f"{self.size_words.text()}, {self.cost_words.text()}"
        self.setAccessibleDescription(f"{say(self.template.description)} {words}")

    def found_by(self, query: str) -> bool:
        """Whether all words of a query are among the template's own."""
        template = self.template
        known = " ".join((template.id, template.title, say(template.family), say(template.description), *template.tags))
        return all(word in known.casefold() for word in query.casefold().split())

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._row.heightForWidth(width), LOWEST)

    def _lay_out(self) -> None:
        template = self.template
        self.setAccessibleName(template.title)
        self.setToolTip(template.origin.source)
        words = QVBoxLayout()
        words.setSpacing(STEP)
        words.addWidget(Label(template.title, "title"))
        words.addWidget(Label(say(template.description), "secondary", wrap=True))
        words.addSpacing(STEP)
        for label in (self.size_words, self.cost_words, self.fault_words):
            words.addWidget(label)
        words.addStretch(1)
        row = self._row
        row.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 3 * STEP)
        row.setSpacing(3 * STEP)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
