"""A network as a picture: SVG, PNG or PDF, drawn by the very scene that the window shows."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from designer.canvas.scene import Scene
from designer.document import Document
from designer.theme import theme
from designer.theme.tokens import GRID
from engine.project.file import load
from engine.text import Failure, text

KINDS = (".svg", ".png", ".pdf")
LARGEST_SIDE = 16_384
POINTS_PER_INCH = 72


def draw(file: Path, output: Path, look: str, scale: float, only: Collection[str] = ()) -> None:
    """Draws a project's network, or these nodes of it, into a file; `scale` is pixels a point, for PNG.

    Raises Failure.
    """
    need_kind(output)
    application = QGuiApplication.instance() or QApplication(["tensorloom", "-platform", "offscreen"])
    document = Document()
    document.start(load(file))
    theme.choose(look)
    if missing := sorted(set(only) - document.graph.nodes.keys()):
        raise Failure(text("There is no node “{node}” in {file}.", node=missing[0][:80], file=file.name))
    scene = Scene(document)
    if only:
        scene.show_only(only)
    paint(scene, output, scale)
    del application


def need_kind(output: Path) -> None:
    """Raises Failure where the ending names no kind of picture that can be written."""
    if output.suffix.lower() not in KINDS:
        raise Failure(
            text("{path} should end in .svg, .png or .pdf, which says what kind of picture it is.", path=str(output))
        )


def paint(scene: Scene, output: Path, scale: float = 2.0, part: QRectF | None = None) -> None:
    """Paints a scene, or a rectangle of it, into a file of the kind that its ending names. Raises Failure."""
    need_kind(output)
    area = part or scene.extent().marginsAdded(QMarginsF(GRID, GRID, GRID, GRID))
    _need_folder(output)
    writers = {".svg": _svg, ".png": _png, ".pdf": _pdf}
    if not writers[output.suffix.lower()](scene, area, output, scale):
        raise Failure(text("{path} could not be written. Is the disk full, or the file in use?", path=str(output)))


def _svg(scene: Scene, area: QRectF, output: Path, scale: float) -> bool:
    generator = QSvgGenerator()
    generator.setFileName(str(output))
    generator.setSize(area.size().toSize())
    generator.setViewBox(QRectF(0, 0, area.width(), area.height()))
    painter = QPainter()
    if not painter.begin(generator):
        return False
    try:
        _render(scene, painter, area)
    finally:
        done = painter.end()
    return done


def _png(scene: Scene, area: QRectF, output: Path, scale: float) -> bool:
    scale = min(scale, LARGEST_SIDE / max(area.width(), area.height()))
    image = QImage((area.size() * scale).toSize().expandedTo(QSize(1, 1)), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        _render(scene, painter, area)
    return image.save(str(output))


def _pdf(scene: Scene, area: QRectF, output: Path, scale: float) -> bool:
    writer = QPdfWriter(str(output))
    writer.setResolution(POINTS_PER_INCH)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setPageSize(QPageSize(QSizeF(area.size()), QPageSize.Unit.Point))
    painter = QPainter()
    if not painter.begin(writer):
        return False
    try:
        _render(scene, painter, area)
    finally:
        done = painter.end()
    return done


def _render(scene: Scene, painter: QPainter, area: QRectF) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    target = QRectF(painter.viewport())
    painter.fillRect(target, QColor(theme.tokens.canvas))
    scene.render(painter, target, area, Qt.AspectRatioMode.KeepAspectRatio)


def _need_folder(output: Path) -> None:
    try:
        with output.open("ab"):
            pass
    except OSError as error:
        raise Failure(text("{path} cannot be written: {why}.", path=str(output), why=str(error.strerror))) from error
