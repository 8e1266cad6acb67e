"""The sample data sets that can be downloaded: their files and where they come from. Light, for the window shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Remote:
    """A gzip file to fetch: its usual size, and size and SHA-256 of what it holds."""

    name: str
    size: int
    content_size: int
    sha256: str


@dataclass(frozen=True)
class Sample:
    """A sample data set that can be downloaded: its files, and the addresses of the folders that hold them."""

    title: str
    mirrors: tuple[str, ...]
    files: tuple[Remote, ...]

    @property
    def size(self) -> int:
        """Bytes to download."""
        return sum(file.size for file in self.files)

    @property
    def host(self) -> str:
        """The machine that is asked first."""
        return self.mirrors[0].split("/")[2]


# Sizes are those of the original distribution; the digests are of the decompressed contents.
MNIST = Sample(
    "MNIST",
    ("https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"),
    (
        Remote(
            "train-images-idx3-ubyte.gz",
            9_912_422,
            47_040_016,
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        ),
        Remote(
            "train-labels-idx1-ubyte.gz",
            28_881,
            60_008,
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        ),
        Remote(
            "t10k-images-idx3-ubyte.gz",
            1_648_877,
            7_840_016,
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        ),
        Remote(
            "t10k-labels-idx1-ubyte.gz",
            4_542,
            10_008,
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ),
    ),
)
DOWNLOADS: Mapping[str, Sample] = {"mnist": MNIST}


def samples_folder() -> Path:
    """Where downloaded samples lie: in the user's data folder."""
    return platformdirs.user_data_path("tensorloom", appauthor=False) / "samples"


def is_complete(sample: Sample, folder: Path) -> bool:
    """Whether all files of a sample are in the folder. (They get their names only when they are verified.)"""
    return all((folder / file.name).is_file() for file in sample.files)
