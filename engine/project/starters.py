"""Projects to start from: `.loom` files that come with the program, each with a title and a word on what it is."""

from pathlib import Path

import msgspec

from engine.assets import assets_folder
from engine.project.file import load
from engine.project.project import Project
from engine.text import Failure, Text, text


class Starter(msgspec.Struct, frozen=True):
    """A project to start from; `tensorloom new ID` and the welcome page offer it."""

    id: str
    title: Text
    description: Text


STARTERS = (
    Starter(
        "mnist-cnn",
        text("MNIST CNN"),
        text("The textbook convolutional network on 60,000 handwritten digits, 28×28 (downloaded once, 12 MB)."),
    ),
    Starter(
        "mlp",
        text("MLP"),
        text("Two fully connected layers on the bundled digits: the smallest network that learns something."),
    ),
    Starter(
        "digits",
        text("Digits (offline)"),
        text("A small convolutional network on scikit-learn's 8×8 digits; trains in seconds, needs no download."),
    ),
    Starter("empty", text("Empty"), text("A blank canvas.")),
)


def starters() -> tuple[Starter, ...]:
    """All of them, in the order in which they are offered."""
    return STARTERS


def make_starter(id: str) -> Project:
    """The project of a starter. Raises Failure where there is none of this id."""
    return load(starter_file(id))


def starter_file(id: str) -> Path:
    """The file of a starter. Raises Failure where there is none of this id."""
    if id not in (starter.id for starter in STARTERS):
        known = ", ".join(starter.id for starter in STARTERS)
        raise Failure(text("There is no starter “{id}”; there are: {known}.", id=id[:80], known=known))
    return assets_folder() / "starters" / f"{id}.loom"
