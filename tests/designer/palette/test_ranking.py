"""Finding things by words: one ranking for layers, commands and nodes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.palette.ranking import best, match, ranked
from engine.layers import catalogue


def found(query: str) -> list[str]:
    return [about.id for about in ranked(query, [cls.about for cls in catalogue().values()])]


def titles(query: str, *all_titles: str) -> list[str]:
    return [title for _, title in best(query, all_titles, lambda title: ((title,),))]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("conv2d", "conv2d"),
        ("Conv2D", "conv2d"),
        ("Dense", "linear"),
        ("max_pool2d", "max_pool2d"),
        ("maxpool2d", "max_pool2d"),
        ("max pool 2d", "max_pool2d"),
        ("MaxPooling2D", "max_pool2d"),
        ("二维卷积", "conv2d"),
        ("输入", "input"),
        ("relu", "relu"),
        ("ｒｅｌｕ", "relu"),
        ("softmax", "softmax"),
        ("max", "max_pool1d"),
        ("BatchNormalization", "batch_norm1d"),
        ("cnov2d", "conv2d"),
        ("flaten", "flatten"),
        ("flattten", "flatten"),
        ("drpout", "dropout"),
        ("mp2", "max_pool2d"),
        ("bn2d", "batch_norm2d"),
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


def test_a_title_that_begins_so_goes_before_one_with_the_word_within() -> None:
    assert titles("save", "Do not save", "Save as…", "Save", "Resaved") == [
        "Save",
        "Save as…",
        "Do not save",
        "Resaved",
    ]


def test_letters_may_be_left_out_of_names_only() -> None:
    assert titles("sva", "Save as…", "Open") == ["Save as…"]
    assert match("sva", (("Open",), ("Save as…",))) is None


def test_a_short_word_is_forgiven_no_slip() -> None:
    assert titles("oepn", "Open") == ["Open"]
    assert titles("oen", "Own") == []


def test_of_equals_the_shorter_name_then_the_order_given() -> None:
    assert titles("zoom", "Zoom to 100%", "Zoom in", "Zoom ho") == ["Zoom in", "Zoom ho", "Zoom to 100%"]


def test_a_name_in_a_field_of_more_weight_goes_first() -> None:
    strong, weak = match("conv", (("Conv2d",), ("other",))), match("conv", (("other",), ("Conv2d",)))
    assert strong and weak and strong < weak


@given(st.text(max_size=12), st.lists(st.text(min_size=1, max_size=16), min_size=1, max_size=4))
def test_any_text_is_matched_without_a_fault(query: str, names: list[str]) -> None:
    match(query, (names, ("more",)))


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12))
def test_a_name_finds_itself_at_best(name: str) -> None:
    found = match(name, ((name,),))
    assert found and found.sure == 0
