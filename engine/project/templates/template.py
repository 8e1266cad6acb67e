"""What a template is: a published network, drawn for a chosen size of image and number of classes."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

from engine.check.checker import check
from engine.check.report import Report
from engine.project.project import Project
from engine.text import Failure, Text, text

Shape: TypeAlias = tuple[int, int, int]
"""Channels, height, width."""

LARGEST = 4096
MOST_CLASSES = 1_000_000


class Origin(NamedTuple):
    """Where a network was published, and how many parameters it has there at the template's own size."""

    source: str
    parameters: int | None = None


class Template:
    """A network to start from. Its id is permanent; `tags` are words to find it by.

    `shape` and `classes` are those of the publication. `build` draws it for others, whether it fits them or not.
    """

    def __init__(
        self,
        id: str,
        title: str,
        family: Text,
        description: Text,
        build: Callable[[Shape, int], Project],
        origin: Origin,
        shape: Shape = (3, 224, 224),
        classes: int = 1000,
        tags: tuple[str, ...] = (),
    ) -> None:
        self.id, self.title, self.family, self.description = id, title, family, description
        self.shape, self.classes, self.tags, self.origin = shape, classes, tags, origin
        self._build = build

    def make(self, shape: Shape | None = None, classes: int | None = None) -> Project:
        """The project for images of this shape. Raises Failure where the network cannot take them, with the reason."""
        shape, classes = shape or self.shape, classes or self.classes
        _check_wish(shape, classes)
        project = self._build(shape, classes)
        report = check(project.graph)
        if not report.ok:
            raise Failure(self._refusal(shape, report))
        return project

    @cached_property
    def parameters(self) -> int:
        """How many trainable parameters it has at its own size."""
        return check(self._build(self.shape, self.classes).graph).total.parameters

    def least_side(self, channels: int = 3) -> int:
        """The side of the smallest square image that the network takes."""
        return _least_side(self, channels)

    def fits(self, shape: Shape, classes: int = 10) -> bool:
        """Whether the network takes images of this shape."""
        return check(self._build(shape, classes).graph).ok

    def _refusal(self, shape: Shape, report: Report) -> Text:
        return text(
            "{title} cannot take images of {height} × {width}; the smallest is {least} × {least}. {reason}",
            title=self.title,
            height=shape[1],
            width=shape[2],
            least=self.least_side(shape[0]),
            reason=next(problem.text for problem in report.problems if problem.severity == "error"),
        )


@lru_cache(maxsize=64)
def _least_side(template: Template, channels: int) -> int:
    """By halves: what fits at a size fits at every larger one."""
    low, high = 1, LARGEST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if template.fits((channels, middle, middle)) else (middle + 1, high)
    return low


def _check_wish(shape: Shape, classes: int) -> None:
    if not all(1 <= size <= LARGEST for size in shape):
        raise Failure(
            text(
                "Channels, height and width are from 1 to {largest}; here are {shape}.",
                largest=LARGEST,
                shape=" × ".join(map(str, shape)),
            )
        )
    if not 1 <= classes <= MOST_CLASSES:
        raise Failure(
            text("The number of classes is from 1 to {most}; here is {count}.", most=MOST_CLASSES, count=classes)
        )
