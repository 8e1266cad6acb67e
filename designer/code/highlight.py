"""Colours for the printed Python: words of the language, numbers, text, comments, classes of torch."""

import keyword
import re

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from designer.theme import theme
from designer.theme.style import colour

WORDS = "|".join(keyword.kwlist)
PATTERN = re.compile(
    rf"(?P<comment>#.*)|(?P<string>'[^']*'|\"[^\"]*\")|(?P<word>\b(?:{WORDS})\b)|(?P<own>\bself\b)"
    r"|(?P<number>(?<![\w.])\d[\d_.]*(?:e[+-]?\d+)?)|(?P<kind>\b(?:nn|F|torch)\.\w+(?:\.\w+)*)"
    r"|(?P<name>(?<=def )\w+|(?<=class )\w+)"
)
COLOURS = {
    "comment": "secondary",
    "string": "good",
    "word": "accent",
    "own": "secondary",
    "number": "warning",
    "kind": "validation",
    "name": "text",
}


class Highlighter(QSyntaxHighlighter):
    """Colours a document line by line, in the theme in force."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self._take_colours()
        theme.changed.connect(self._take_colours)

    def highlightBlock(self, line: str) -> None:
        for found in PATTERN.finditer(line):
            if found.lastgroup:
                self.setFormat(found.start(), found.end() - found.start(), self._formats[found.lastgroup])

    def _take_colours(self) -> None:
        for kind, token in COLOURS.items():
            made = QTextCharFormat()
            made.setForeground(colour(token))
            if kind in ("word", "name"):
                made.setFontWeight(QFont.Weight.DemiBold)
            self._formats[kind] = made
        self.rehighlight()
