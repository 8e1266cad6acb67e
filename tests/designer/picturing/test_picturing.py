"""Pictures of all, of the selection and of the view; source of all and of some."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage

from designer.canvas import clipboard
from designer.document import Document
from designer.picturing.source import source_of
from designer.picturing.wish import Wish, draw, mime
from designer.theme import theme
from designer.theme.tokens import DARK, LIGHT
from engine.project.file import dumps
from engine.project.starters import make_starter
from engine.text import Failure


@pytest.fixture
def textbook(qtbot: object) -> Document:
    document = Document()
    document.start(make_starter("mnist-cnn"))
    return document


def image(document: Document, wish: Wish, folder: Path, seen: QRectF | None = None) -> QImage:
    path = folder / "net.png"
    draw(document, wish, path, seen)
    return QImage(str(path))


def test_a_picture_is_of_what_is_asked_for(textbook: Document, tmp_path: Path) -> None:
    whole = image(textbook, Wish(scale=1), tmp_path)
    textbook.select(["conv1", "relu1"])
    some = image(textbook, Wish("selection", scale=1), tmp_path)
    assert some.width() == whole.width() and some.height() < whole.height() / 3
    seen = image(textbook, Wish("view", scale=1), tmp_path, QRectF(-50, 0, 300, 200))
    assert (seen.width(), seen.height()) == (300, 200)
    large = image(textbook, Wish("selection", scale=3), tmp_path)
    assert large.width() == 3 * some.width()


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_a_picture_has_the_theme_that_is_asked_for_and_the_window_keeps_its_own(
    textbook: Document, tmp_path: Path, tokens: object
) -> None:
    before, told = theme.tokens, []
    theme.changed.connect(told.append)
    picture = image(textbook, Wish(look=tokens.name, scale=1), tmp_path)  # type: ignore[attr-defined]
    assert picture.pixelColor(2, 2) == QColor(tokens.canvas)  # type: ignore[attr-defined]
    assert theme.tokens is before and not told
    theme.changed.disconnect(told.append)


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_the_clipboard_carries_each_kind(textbook: Document, kind: str, start: bytes) -> None:
    data = mime(textbook, Wish(kind=kind))  # type: ignore[arg-type]
    formats = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
    assert bytes(data.data(formats[kind]).data()).startswith(start)
    assert data.hasImage() is (kind == "png") and data.hasText() is (kind == "svg")


def test_the_source_of_all_and_of_some_is_python(textbook: Document) -> None:
    whole = source_of(textbook.graph, textbook.report)
    some = source_of(textbook.graph, textbook.report, ["conv2", "relu2"])
    assert "class Network" in whole and "class Selection" in some
    for source in (whole, some):
        ast.parse(source)
    assert "self.conv2" in some and "conv1" not in some.replace("self, conv1", "")
    assert "in_channels=32" in some


def test_the_source_of_a_broken_drawing_is_refused(textbook: Document) -> None:
    with pytest.raises(Failure):
        source_of(textbook.graph, textbook.report, ["image"])


def test_what_is_pasted_may_come_from_a_chat(textbook: Document) -> None:
    textbook.select(["conv1", "relu1"])
    clipboard.copy(textbook)
    copied = QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().setText(f"Look at this:\n```json\n{copied}\n```\nNice?")
    before = len(textbook.graph.nodes)
    clipboard.paste(textbook)
    assert len(textbook.graph.nodes) == before + 2 and not clipboard.fault()
    QGuiApplication.clipboard().setText("nothing of the kind")
    assert clipboard.copied() is None and "no layers" in clipboard.fault()
    QGuiApplication.clipboard().setText(dumps(make_starter("empty")))
    assert clipboard.copied() is None and clipboard.fault()
