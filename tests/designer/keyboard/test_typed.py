"""A layer with its parameters in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.keyboard.typed import read, split
from engine.layers import catalogue, plain


def values(query: str, kind: str) -> dict[str, object]:
    reading = read(catalogue()[kind], split(query).values)
    assert reading.fault is None
    return {name: list(v) if isinstance(v, tuple) else v for name, v in plain(reading.layer).items()}


@pytest.mark.parametrize(
    ("query", "name"),
    [("conv2d 64 3", "conv2d"), ("max pool 2", "max pool"), ("relu6", "relu6"), ("conv p=same", "conv"), ("7", "7")],
)
def test_the_name_ends_where_the_values_begin(query: str, name: str) -> None:
    assert split(query).name == name


@pytest.mark.parametrize(
    ("query", "kind", "wanted"),
    [
        ("conv2d 64 5", "conv2d", {"out_channels": 64, "kernel_size": [5, 5]}),
        ("conv 64 3x5 2", "conv2d", {"out_channels": 64, "kernel_size": [3, 5], "stride": [2, 2]}),
        ("conv 64 stride=2", "conv2d", {"out_channels": 64, "stride": [2, 2]}),
        ("conv 64 padding=same bias=no", "conv2d", {"out_channels": 64, "padding": "same", "bias": False}),
        ("conv k=1", "conv2d", {"kernel_size": [1, 1]}),
        ("linear 10", "linear", {"out_features": 10}),
        ("dropout 0.25", "dropout", {"p": 0.25}),
        ("input 3 32 32", "input", {"shape": [3, 32, 32]}),
        ("input 3×32×32", "input", {"shape": [3, 32, 32]}),
        ("output metrics=accuracy,top_k", "output", {"metrics": ["accuracy", "top_k"]}),
        ("relu", "relu", {}),
    ],
)
def test_values_go_to_the_parameters_in_their_order(query: str, kind: str, wanted: dict[str, object]) -> None:
    assert values(query, kind) == wanted


def test_what_was_set_is_said() -> None:
    assert read(catalogue()["conv2d"], ("64", "3")).said == "out_channels 64, kernel_size 3×3"


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        ("conv2d", ("0",), "out_channels"),
        ("conv2d", ("64", "1.5"), "kernel_size"),
        ("relu", ("5",), "nothing to set to “5”"),
        ("linear", ("size=5",), "no parameter “size”"),
        ("conv2d", ("pad=1",), "no parameter “pad”"),  # padding, or padding_mode
        ("conv2d", ("64", "3x3x3"), "kernel_size"),
    ],
)
def test_what_is_wrong_is_said(kind: str, words: tuple[str, ...], said: str) -> None:
    reading = read(catalogue()[kind], words)
    assert reading.fault and said in str(reading.fault)
    assert reading.layer == catalogue()[kind]()


@given(st.sampled_from(sorted(catalogue())), st.text(max_size=20))
def test_any_words_are_read_without_a_fault_of_ours(kind: str, words: str) -> None:
    read(catalogue()[kind], split(f"{kind} {words}").values)
