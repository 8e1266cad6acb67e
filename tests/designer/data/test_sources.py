"""What a dropped path becomes."""

import pytest

from designer.data.sources import place_of, samples, source_of, words_of
from engine.data.known import DOWNLOADS, samples_folder
from engine.text import Failure


def test_a_folder_of_idx_files(tmp_path):
    (tmp_path / "train-images-idx3-ubyte.gz").touch()
    assert source_of(tmp_path) == f"idx:{tmp_path}"


def test_one_idx_file_stands_for_its_folder(tmp_path):
    file = tmp_path / "train-labels-idx1-ubyte"
    file.touch()
    assert source_of(file) == f"idx:{tmp_path}"


def test_any_other_folder_holds_images(tmp_path):
    assert source_of(tmp_path) == f"images:{tmp_path}"


@pytest.mark.parametrize(("name", "kind"), [("a.npz", "npz"), ("b.ZIP", "images")])
def test_files_by_their_ending(tmp_path, name, kind):
    assert source_of(tmp_path / name) == f"{kind}:{tmp_path / name}"


@pytest.mark.parametrize("name", ["a.png", "b.docx"])
def test_what_is_no_data_is_refused_with_what_to_choose(tmp_path, name):
    with pytest.raises(Failure, match=r"[Cc]hoose"):
        source_of(tmp_path / name)


def test_a_source_in_words():
    assert words_of("sample:mnist") == "MNIST"
    assert words_of("idx:/data/faces") == "faces"
    assert place_of("idx:/data/faces") == "/data/faces"


def test_what_is_to_be_downloaded_says_size_and_source():
    mnist = next(sample for sample in samples() if sample.source == "sample:mnist")
    assert mnist.download == "11.6 MB from ossci-datasets.s3.amazonaws.com."


def test_what_is_downloaded_is_offered_at_once():
    folder = samples_folder() / "mnist"
    folder.mkdir(parents=True)
    for file in DOWNLOADS["mnist"].files:
        (folder / file.name).touch()
    assert [sample.download for sample in samples()] == ["", ""]
