"""Finding nodes by what is written of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.check.checker import check
from engine.check.finding import find
from engine.graph import Graph, edits
from engine.layers import Layer
from engine.project.starters import make_starter


@pytest.fixture(scope="module")
def graph() -> Graph[Layer]:
    graph = make_starter("mnist-cnn").graph
    return edits.set_label(graph, "conv2", "the widest One")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", []),
        ("conv", ["conv1", "conv2", "conv3"]),
        ("CONV2", ["conv2", "conv1", "conv3"]),
        ("widest", ["conv2"]),
        ("convolution", ["conv1", "conv2", "conv3"]),
        ("卷积", ["conv1", "conv2", "conv3"]),
        ("dense", ["linear1", "linear2"]),
        ("out_channels=64", ["conv2", "conv3"]),
        ("out_channels!=64", ["conv1"]),
        ("out_channels<64", ["conv1"]),
        ("out_channels>=64 conv3", ["conv3"]),
        ("kernel_size=3", ["conv1", "conv2", "conv3"]),
        ("kernel_size=3x3", ["conv1", "conv2", "conv3"]),
        ("kernel_size=3x5", []),
        ("kernel_size", ["conv1", "pool1", "conv2", "pool2", "conv3"]),
        ("kernel_size!=3x5", ["conv1", "pool1", "conv2", "pool2", "conv3"]),
        ("=32", ["conv1"]),
        ("64", ["conv2", "conv3", "linear1", "relu2", "pool2", "relu3", "relu4"]),
        ("conv 64", ["conv2", "conv3"]),
        ("28", ["image"]),
        ("1152", []),
        ("32x26x26", ["conv1", "relu1"]),
        ("Nx32x26x26", ["conv1", "relu1"]),
        ("n,32,26,26", ["conv1", "relu1"]),
        ("32×*×*", ["conv1", "relu1", "pool1"]),
        ("padding_mode=zeros conv1", ["conv1"]),
        ("bias=true conv1", ["conv1"]),
        ("bias<true", []),
        ("nothing_like_it", []),
    ],
)
def test_a_query_finds(graph: Graph[Layer], query: str, found: list[str]) -> None:
    assert find(graph, check(graph), query) == found


def test_a_size_alone_is_a_word_of_the_name_too() -> None:
    graph = edits.rename(make_starter("mnist-cnn").graph, "conv1", "stage2x4")
    assert find(graph, check(graph), "2x4") == ["stage2x4"]


@given(st.text(max_size=40))
def test_any_text_is_a_query(query: str) -> None:
    graph = make_starter("digits").graph
    found = find(graph, check(graph), query)
    assert set(found) <= graph.nodes.keys() and len(set(found)) == len(found)


@given(st.sampled_from(["conv", "out_channels=64", "64x*x*", "relu"]), st.sampled_from(["2", "kernel_size=3", "dense"]))
def test_two_words_find_what_both_find(one: str, other: str) -> None:
    graph = make_starter("mnist-cnn").graph
    report = check(graph)
    both = set(find(graph, report, one)) & set(find(graph, report, other))
    assert set(find(graph, report, f"{one} {other}")) == both
