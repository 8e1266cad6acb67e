"""Draws templates for the gallery beside the window: a network of many blocks takes longer than a frame."""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from designer.thumbnail import picture
from engine.check.checker import check
from engine.check.report import Cost
from engine.project.project import Project
from engine.project.templates import Shape, Template
from engine.text import Failure, Text


class Wish(NamedTuple):
    """What networks are wanted for; None: as each was published."""

    channels: int | None = None
    height: int | None = None
    width: int | None = None
    classes: int | None = None

    def shape(self, template: Template) -> Shape:
        """The size of image, with what is not wished for as published."""
        channels, height, width = template.shape
        return self.channels or channels, self.height or height, self.width or width

    def count(self, template: Template) -> int:
        """The number of classes."""
        return self.classes or template.classes


class Made(NamedTuple):
    """A template drawn for a wish: the project with its cost and picture, or why it cannot be."""

    id: str
    project: Project | None = None
    cost: Cost = Cost()
    image: QImage = QImage()
    fault: Text | None = None


class Maker(QObject):
    """`made` carries each Made; of an older wish, nothing comes any more."""

    made = Signal(object)
    _finished = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gallery")
        self._round = 0
        self._ended = False
        self._finished.connect(self._take)
        self.destroyed.connect(_ending(self._pool))

    @property
    def round(self) -> int:
        """Which wish is the last one."""
        return self._round

    def make(self, templates: list[Template], wish: Wish, size: QSize, ratio: float) -> None:
        """Draws these for a wish, one after another; after the end, nothing."""
        self._round += 1
        if self._ended:
            return
        for template in templates:
            self._pool.submit(self._work, self._round, template, wish, size, ratio)

    def close(self) -> None:
        """Ends the thread."""
        self._ended = True
        self._round += 1
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work(self, round: int, template: Template, wish: Wish, size: QSize, ratio: float) -> None:
        if round != self._round:
            return
        made = make(template, wish, size, ratio)
        if round == self._round:
            self._finished.emit(round, made)

    def _take(self, round: int, made: Made) -> None:
        if round == self._round:
            self.made.emit(made)


def make(template: Template, wish: Wish, size: QSize, ratio: float) -> Made:
    """A template drawn for a wish."""
    try:
        project = template.make(wish.shape(template), wish.count(template))
    except Failure as failure:
        return Made(template.id, fault=failure.text)
    cost = check(project.graph).total
    return Made(template.id, project, cost, picture(project.graph, size, ratio))


def _ending(pool: ThreadPoolExecutor) -> object:
    return lambda _=None: pool.shutdown(wait=False, cancel_futures=True)
