"""Sample data: digits that come with scikit-learn, and MNIST, which is downloaded once and verified."""

from collections.abc import Callable

import numpy as np

from engine.check.report import Column
from engine.data.dataset import TEST, TRAINING, Survey
from engine.data.download import fetch
from engine.data.faults import BadData
from engine.data.idx import survey_idx
from engine.data.known import DOWNLOADS, Sample, is_complete, samples_folder
from engine.data.splits import split
from engine.data.values import InMemory, Progress, Values
from engine.memory import bytes_text
from engine.text import text

DIGITS_TEST = 0.2


def is_there(name: str) -> bool:
    """Whether "mnist" is downloaded. (Files get their names only when they are verified.)"""
    return is_complete(DOWNLOADS[name], samples_folder() / name)


def download(source: str, progress: Progress | None = None, stop: Callable[[], bool] = lambda: False) -> str:
    """Fetches "sample:mnist" into the user's data folder, going on where an earlier try ended; gives what to open.

    Every file is verified by the SHA-256 of its contents before it gets its name. Raises Failure, Stopped too.
    """
    name = source.removeprefix("sample:")
    if name == "digits":
        return "sample:digits"
    sample = _known(name)
    fetch(sample.title, sample.files, sample.mirrors, samples_folder() / name, progress, stop)
    return f"sample:{name}"


def survey_sample(name: str, source: str) -> Survey:
    """A sample by its name. Raises BadData where it has to be downloaded first."""
    if name == "digits":
        return _digits(source)
    sample = _known(name)
    if not is_there(name):
        raise BadData(
            text(
                "{title} is not on this machine yet. Download it ({size} from {host}) in the Data workspace, or name "
                "the folder of its files: idx:FOLDER.",
                title=sample.title,
                size=bytes_text(sample.size),
                host=sample.host,
            )
        )
    return survey_idx(samples_folder() / name, source)


def _known(name: str) -> Sample:
    if sample := DOWNLOADS.get(name):
        return sample
    raise BadData(
        text(
            "There is no sample “{name}”; there are: {known}.", name=name[:80], known=", ".join(("digits", *DOWNLOADS))
        )
    )


def _digits(source: str) -> Survey:
    """1,797 handwritten digits, 8×8; their 17 grey levels are spread over 0 to 255, and a fifth is the test part.

    From E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998.
    """
    from sklearn.datasets import load_digits  # a second to import, so only when it is asked for

    found = load_digits()
    images = np.round(found.images * (255 / 16)).astype(np.uint8)[:, None]
    labels = found.target.astype(np.int64)
    training, test = split(labels, DIGITS_TEST, seed=0)
    parts: dict[str, dict[str, Values]] = {
        part: {"image": InMemory(images[these]), "label": InMemory(labels[these])}
        for part, these in ((TRAINING, training), (TEST, test))
    }
    classes = tuple(str(digit) for digit in range(10))
    return Survey(source, (Column("image", (1, 8, 8), "float32"), Column("label", (), "int64", classes)), parts)
