"""Finding layers by words."""

import pytest

from designer.palette.ranking import ranked
from engine.layers import catalogue


def found(query: str) -> list[str]:
    return [about.id for about in ranked(query, [cls.about for cls in catalogue().values()])]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("conv2d", "conv2d"),
        ("Conv2D", "conv2d"),
        ("Dense", "linear"),
        ("max_pool2d", "max_pool2d"),
        ("maxpool2d", "max_pool2d"),
        ("MaxPooling2D", "max_pool2d"),
        ("二维卷积", "conv2d"),
        ("输入", "input"),
        ("relu", "relu"),
        ("ｒｅｌｕ", "relu"),
        ("softmax", "softmax"),
        ("max", "max_pool1d"),
        ("BatchNormalization", "batch_norm1d"),
    ],
)
def test_the_layer_that_is_meant_comes_first(query: str, first: str) -> None:
    assert found(query)[0] == first


def test_every_title_finds_its_layer_first() -> None:
    for id, cls in catalogue().items():
        assert found(cls.about.title)[0] == id


def test_all_words_must_be_found() -> None:
    assert found("pool max")[:2] == ["max_pool1d", "max_pool2d"]
    assert found("pool xyzzy") == []


def test_a_family_finds_its_layers() -> None:
    assert set(found("normalisation")) >= {"batch_norm2d", "layer_norm", "group_norm"}


def test_no_words_find_everything_in_its_order() -> None:
    assert found("  ") == list(catalogue())
