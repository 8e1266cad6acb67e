"""The log: what the worker processes say beside their messages."""

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from designer.theme import tokens
from designer.theme.fonts import numbers
from designer.workers import LOG_LINES, Workers
from engine.text import tr


class LogPanel(QWidget):
    """The last lines, the newest at the foot."""

    def __init__(self, workers: Workers) -> None:
        super().__init__()
        self.page = QPlainTextEdit()
        self.page.setReadOnly(True)
        self.page.setProperty("role", "code")
        self.page.setFont(numbers())
        self.page.setMaximumBlockCount(LOG_LINES)
        self.page.setPlaceholderText(tr("Nothing yet: what a training writes to its log appears here."))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * tokens.STEP, tokens.STEP, 0, 0)
        column.addWidget(self.page)
        for line in workers.lines:
            self.page.appendPlainText(line)
        workers.log.connect(self.page.appendPlainText)
