"""A note's Markdown as it is set and painted. It loads nothing and knows no HTML; a line that was broken stays so."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QRectF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
)

from designer.theme import fonts, theme
from designer.theme.tokens import STEP

FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
INDENT = 5 * STEP
APART, NEAR = 2 * STEP, STEP // 2  # between paragraphs, between the entries of a list
QUOTE, BAR = 3 * STEP, 3.0  # how far a quotation is set in, and the bar beside it
TINT = 0.1  # of the text's colour, under code
BREAK = "\u2028"
OTHERS = re.compile(r"\s*(```|~~~|\[[^\]]*\]:)|.*\||[^\w]*$")
"""Lines that are no words: a fence of code, the definition of a link, the row of a table, a rule."""
LARGER = {1: 2, 2: 1}  # Qt's steps for the size of headings; smaller ones are of the text's size
SIGNS = {QTextBlockFormat.MarkerType.Unchecked: "☐ ", QTextBlockFormat.MarkerType.Checked: "☑ "}
WEB = ("http", "https", "mailto")


class Words(QTextDocument):
    """A note's text, set in the theme's font and colours; whatever it refers to stays untouched."""

    def __init__(self, markdown: str, width: float) -> None:
        super().__init__()
        self.setDefaultFont(fonts.words())
        lines = (line if OTHERS.match(line) else f"{line.rstrip()} {BREAK}" for line in markdown.split("\n"))
        self.setMarkdown("\n".join(lines), FEATURES)
        self._break_lines()
        self.setDocumentMargin(0)
        self.setIndentWidth(INDENT)
        for number, block in enumerate(blocks(self)):
            _dress(block, first=not number)
        self.setTextWidth(max(width, 1))

    def _break_lines(self) -> None:
        """Breaks lines where the note breaks them: Markdown itself would make one line of them."""
        found = self.find(f" {BREAK}")
        while not found.isNull():
            if found.atBlockEnd():
                found.removeSelectedText()
            else:
                found.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
                found.insertText(BREAK)
            found = self.find(f" {BREAK}", found)

    def loadResource(self, type: int, name: QUrl | str) -> Any:
        return ""


def blocks(words: QTextDocument) -> Iterator[QTextBlock]:
    """The paragraphs, one after the other."""
    block = words.begin()
    while block.isValid():
        yield block
        block = block.next()


def first_line(markdown: str) -> str:
    """The first words of a note, without its marks; empty where there are none."""
    plain = (line.strip() for line in _set(markdown, 10_000, "").toPlainText().splitlines())
    return next((line for line in plain if line), "")


def links(markdown: str) -> list[str]:
    """The addresses in a note that a browser or a mail program takes, in their order."""
    found = [
        fragment.charFormat().anchorHref()
        for block in blocks(_set(markdown, 10_000, ""))
        for fragment in _fragments(block)
        if fragment.charFormat().isAnchor()
    ]
    return list(dict.fromkeys(address for address in found if QUrl(address).scheme() in WEB))


def paint_words(painter: QPainter, markdown: str, room: QRectF, colour: str) -> None:
    """Paints a note's text; where there is no room for all of it, whole lines and a sign that there is more."""
    words = _set(markdown, room.width(), theme.tokens.name)
    more = words.size().height() > room.height() + 1
    height = room.height() - (fonts.words().pixelSize() if more else 0)
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette(context.palette)
    palette.setColor(QPalette.ColorRole.Text, QColor(colour))
    context.palette = palette
    shown = _whole_lines(words, height) if more else height
    context.clip = QRectF(0, 0, room.width(), shown)
    painter.save()
    painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
    painter.translate(room.topLeft())
    if more:
        painter.setPen(QColor(theme.tokens.secondary))
        painter.drawText(QRectF(0, shown, room.width(), room.height() - shown), Qt.AlignmentFlag.AlignLeft, "…")
    painter.setClipRect(context.clip, Qt.ClipOperation.IntersectClip)
    words.documentLayout().draw(painter, context)
    _paint_bars(painter, words)
    painter.restore()


def _paint_bars(painter: QPainter, words: QTextDocument) -> None:
    """What sets a quotation off."""
    for block in blocks(words):
        rect = words.documentLayout().blockBoundingRect(block)
        for level in range(_quoted(block)):
            bar = QRectF(level * QUOTE, rect.top(), BAR, rect.height() + _gap(block))
            painter.fillRect(bar, QColor(theme.tokens.secondary))


def _gap(block: QTextBlock) -> float:
    """What lies between a quoted paragraph and the next one of the quotation."""
    return block.blockFormat().bottomMargin() if block.next().isValid() and _quoted(block.next()) else 0.0


def _whole_lines(words: QTextDocument, height: float) -> float:
    """Where the last line ends that is above a height."""
    ends = [0.0]
    for block in blocks(words):
        top = words.documentLayout().blockBoundingRect(block).top()
        lines = (block.layout().lineAt(index) for index in range(block.layout().lineCount()))
        ends += [top + line.y() + line.height() for line in lines]
    return max((end for end in ends if end <= height), default=0.0)


@lru_cache(maxsize=256)
def _set(markdown: str, width: float, _look: str) -> Words:
    return Words(markdown, width)


def _dress(block: QTextBlock, first: bool) -> None:
    """Gives a paragraph its spaces, and code and quotations their look."""
    sign = SIGNS.get(block.blockFormat().marker(), "") if block.textList() else ""
    if sign:  # Qt's own are alike, ticked or not
        block.textList().remove(block)
        QTextCursor(block).insertText(sign)
    format = QTextBlockFormat(block.blockFormat())
    if sign:
        format.setMarker(QTextBlockFormat.MarkerType.NoMarker)
        format.setTextIndent(-fonts.width(sign, fonts.words()))
    listed, level = bool(sign) or block.textList() is not None, format.headingLevel()
    format.setTopMargin(APART if level and not first else 0)
    format.setBottomMargin(NEAR if listed and _goes_on(block) else APART)
    if quoted := _quoted(block):
        format.setLeftMargin(quoted * QUOTE)
        format.setRightMargin(0)
    cursor = QTextCursor(block)
    if _is_code(format):
        format.setNonBreakableLines(False)
        format.setBackground(_tint())
        format.setBottomMargin(0 if _is_code(block.next().blockFormat()) else APART)
        _set_code(cursor)
    cursor.setBlockFormat(format)
    if level:
        _set_heading(cursor, level)
    for fragment in list(_fragments(block)):
        _dress_part(block, fragment)


def _goes_on(block: QTextBlock) -> bool:
    """Whether the list of this paragraph, or one within it, goes on with the next."""
    mine, other = block.textList(), block.next().textList()
    if mine is None or other is None:
        return other is not None
    return mine.format() == other.format() or mine.format().indent() != other.format().indent()


def _dress_part(block: QTextBlock, fragment: QTextFragment) -> None:
    """Code within a line, and the words that stand for a picture."""
    format = fragment.charFormat()
    cursor = QTextCursor(block)
    cursor.setPosition(fragment.position())
    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
    if format.isImageFormat():
        alone = str(format.property(QTextFormat.Property.ImageAltText) or format.toImageFormat().name())
        cursor.insertText(f"[{alone}]", QTextCharFormat())
    elif format.fontFixedPitch() and not _is_code(block.blockFormat()):
        look = QTextCharFormat()
        look.setFont(fonts.numbers())
        look.setBackground(_tint())
        cursor.mergeCharFormat(look)


def _set_code(cursor: QTextCursor) -> None:
    look = QTextCharFormat()
    look.setFont(fonts.numbers())
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    cursor.mergeCharFormat(look)
    cursor.clearSelection()


def _set_heading(cursor: QTextCursor, level: int) -> None:
    look = QTextCharFormat()
    look.setFontWeight(fonts.words(bold=True).weight())
    look.setProperty(QTextFormat.Property.FontSizeAdjustment, LARGER.get(level, 0))
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    cursor.mergeCharFormat(look)


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    part = block.begin()
    while not part.atEnd():
        yield part.fragment()
        part += 1


def _quoted(block: QTextBlock) -> int:
    """How deep a paragraph lies in quotations."""
    return int(block.blockFormat().property(QTextFormat.Property.BlockQuoteLevel) or 0)


def _is_code(format: QTextBlockFormat) -> bool:
    return format.hasProperty(QTextFormat.Property.BlockCodeFence) or format.nonBreakableLines()


def _tint() -> QColor:
    colour = QColor(theme.tokens.text)
    colour.setAlphaF(TINT)
    return colour
