"""Data sources by name: what a dropped path becomes, and how a source is called in words."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from engine.data.known import DOWNLOADS, Sample, is_complete, samples_folder
from engine.memory import bytes_text
from engine.text import Failure, text, tr

IMAGES = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff"}


class Offered(NamedTuple):
    """A sample data set that is offered by name; `download` says what there is to fetch first, where there is."""

    source: str
    title: str
    about: str
    download: str = ""


def samples() -> tuple[Offered, ...]:
    """The samples that are offered, and whether they are on this machine."""
    return (
        Offered("sample:digits", tr("Digits"), tr("1,797 images of 8×8, ten classes. Bundled, works offline.")),
        Offered(
            "sample:mnist", tr("MNIST"), tr("70,000 images of 28×28, ten classes."), _to_download("mnist", DOWNLOADS)
        ),
    )


def source_of(path: Path) -> str:
    """The source that a folder or file stands for. Raises Failure where it is none that is known."""
    if path.is_dir():
        return f"idx:{path}" if any(_is_idx(entry) for entry in path.iterdir()) else f"images:{path}"
    suffix = path.suffix.lower()
    if suffix == ".npz":
        return f"npz:{path}"
    if suffix == ".zip":
        return f"images:{path}"
    if _is_idx(path):
        return f"idx:{path.parent}"
    if suffix in IMAGES:
        raise Failure(
            text("{name} is one image. Choose the folder that has a folder of images for each class.", name=path.name)
        )
    raise Failure(
        text(
            "{name} is no data that can be read. Choose a folder of images by class, a folder of IDX files, "
            "a zip of images, or an NPZ file.",
            name=path.name,
        )
    )


def words_of(source: str) -> str:
    """A source as a person calls it: the sample's name, or the folder's or file's."""
    for sample in samples():
        if sample.source == source:
            return sample.title
    kind, _, place = source.partition(":")
    return Path(place or kind).name or source


def place_of(source: str) -> str:
    """Where a source lies, in words: its path, or that it comes along."""
    kind, _, place = source.partition(":")
    return tr("sample data") if kind == "sample" else place


def _to_download(name: str, known: Mapping[str, Sample]) -> str:
    """What a download is, in words: "11.1 MB from ossci-datasets.s3.amazonaws.com"; empty where it is there."""
    sample, folder = known[name], samples_folder() / name
    if is_complete(sample, folder):
        return ""
    size = bytes_text(sample.size)
    if any(folder.glob("*.part")) or any(folder.glob("*.gz")):
        return tr("{size} from {host}; it goes on where it was stopped.", size=size, host=sample.host)
    return tr("{size} from {host}.", size=size, host=sample.host)


def _is_idx(path: Path) -> bool:
    return "idx" in path.name and "ubyte" in path.name
