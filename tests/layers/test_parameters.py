"""Declarations of parameters: what is read from them, which values are refused, and in which words."""

import math
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.layers import (
    Help,
    Range,
    Size2,
    Sizes,
    UnknownType,
    Wrong,
    catalogue,
    expected_text,
    make_layer,
    plain,
    read_layer,
    with_parameters,
)
from engine.layers.catalogue import Unknown
from engine.layers.parameters import check_value, parameters_of


class Everything(msgspec.Struct, frozen=True):
    whole: Annotated[int, Range(1, 9), Help("A count.", "px")] = 3
    share: Annotated[float, Range(0, 1, above=True, below=True)] = 0.5
    flag: bool = True
    words: str = "some"
    one: Literal["a", "b"] = "a"
    some: tuple[Literal["a", "b"], ...] = ("a",)
    names: tuple[str, ...] = ()
    sizes: Sizes = (1, 2)
    pair: Annotated[Size2 | Literal["same"] | None, Range(0)] = None
    factor: float | tuple[float, float] = 2.0


PARAMETERS = {parameter.name: parameter for parameter in parameters_of(Everything)}


@pytest.mark.parametrize(
    "name, kinds, length, optional, choices",
    [
        ("whole", ("int",), None, False, ()),
        ("share", ("float",), None, False, ()),
        ("flag", ("bool",), None, False, ()),
        ("words", ("text",), None, False, ()),
        ("one", ("choice",), None, False, ("a", "b")),
        ("some", ("choices",), None, False, ("a", "b")),
        ("names", ("texts",), None, False, ()),
        ("sizes", ("ints",), None, False, ()),
        ("pair", ("ints", "choice"), 2, True, ("same",)),
        ("factor", ("float", "floats"), 2, False, ()),
    ],
)
def test_a_declaration_is_read(name, kinds, length, optional, choices):
    parameter = PARAMETERS[name]
    found = (parameter.kinds, parameter.length, parameter.optional, parameter.choices)
    assert found == (kinds, length, optional, choices)


def test_help_unit_range_and_default_are_read():
    whole = PARAMETERS["whole"]
    assert (whole.help, whole.unit, whole.range, whole.default) == ("A count.", "px", Range(1, 9), 3)


@pytest.mark.parametrize(
    "name, words",
    [
        ("whole", "a whole number, ≥ 1, ≤ 9"),
        ("share", "a number, > 0, < 1"),
        ("flag", "true or false"),
        ("one", "one of: a, b"),
        ("some", "any of: a, b"),
        ("names", "a list of names"),
        ("sizes", "a list of whole numbers"),
        ("pair", "2 whole numbers or one of: same or nothing, ≥ 0"),
        ("factor", "a number or 2 numbers"),
    ],
)
def test_what_a_parameter_takes_is_said_in_words(name, words):
    assert str(expected_text(PARAMETERS[name])) == words


@given(st.floats(allow_nan=False), st.floats(-9, 9), st.floats(0, 9), st.booleans(), st.booleans())
def test_a_range_holds_what_lies_between(number, low, width, above, below):
    bounds = Range(low, low + width, above, below)
    inside = low <= number <= low + width
    on_an_open_end = (above and number == low) or (below and number == low + width)
    assert bounds.holds(number) == (inside and not on_an_open_end)


@pytest.mark.parametrize("value", [0, 10, 10**400, -(10**400)])
def test_a_number_outside_its_range_is_refused(value):
    with pytest.raises(Wrong) as caught:
        check_value(PARAMETERS["whole"], value)
    assert caught.value.parameter == "whole"
    assert str(caught.value).startswith("whole must be ≥ 1, ≤ 9; it is ")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_refused(value):
    with pytest.raises(Wrong, match=r"it is -?(nan|inf)"):
        make_layer("leaky_relu", {"negative_slope": value})


def test_every_number_of_several_is_checked():
    with pytest.raises(Wrong, match=r"kernel_size must be ≥ 1; it is 0"):
        make_layer("conv2d", {"kernel_size": [3, 0]})


@pytest.mark.parametrize(
    "id, parameters, sentence",
    [
        ("conv2d", {"out_channels": "many"}, 'out_channels takes a whole number, ≥ 1; it is "many".'),
        ("conv2d", {"out_channels": 1.5}, "out_channels takes a whole number, ≥ 1; it is 1.5."),
        ("conv2d", {"out_channels": True}, "out_channels takes a whole number, ≥ 1; it is true."),
        ("conv2d", {"out_channels": None}, "out_channels takes a whole number, ≥ 1; it is null."),
        (
            "conv2d",
            {"kernel_size": [3, 3, 3]},
            "kernel_size takes 2 whole numbers, ≥ 1; it is [3,3,3].",
        ),
        (
            "conv2d",
            {"padding": "full"},
            'padding takes 2 whole numbers or one of: valid, same, ≥ 0; it is "full".',
        ),
        ("conv2d", {"groups": 3}, "groups (3) must divide out_channels (32)."),
        ("conv2d", {"padding": "same", "stride": 2}, "padding “same” needs stride 1; the stride is 2 × 2."),
        ("max_pool2d", {"padding": 2}, "padding must be at most half of the kernel; it is 2 for a kernel of 2."),
        ("dropout", {"p": 1.5}, "p must be ≥ 0, ≤ 1; it is 1.5."),
        ("reshape", {"shape": [-1, -1]}, "shape takes sizes of at least 1, and -1 once; it is (-1, -1)."),
        ("permute", {"dims": [0, 0, 1]}, "dims takes every axis once; it is (0, 0, 1)."),
        ("permute", {"dims": [3, 1, 2]}, "dims takes every axis once; it is (3, 1, 2)."),
        ("pad", {"pad": [1, 2, 3]}, "pad takes two numbers for each axis; it is (1, 2, 3)."),
        ("relu", {"slope": 1}, "ReLU has no parameter “slope”; it has: none."),
        ("linear", {"units": 3}, "Linear has no parameter “units”; it has: out_features, bias."),
        (
            "conv_transpose2d",
            {"output_padding": 1},
            "output_padding (1) must be less than the stride (1) or dilation (1).",
        ),
    ],
)
def test_a_wrong_value_is_told_in_a_sentence(id, parameters, sentence):
    with pytest.raises(Wrong) as caught:
        make_layer(id, parameters)
    assert str(caught.value) == sentence


def test_every_wrong_value_is_told_and_the_sound_ones_are_kept():
    faults: list[Wrong] = []
    layer: Any = read_layer("conv2d", {"out_channels": 0, "kernel_size": "x", "stride": 2, "colour": 1}, faults)
    assert [fault.parameter for fault in faults] == ["out_channels", "kernel_size", "colour"]
    assert layer.stride == (2, 2) and layer.out_channels == 32


def test_values_that_contradict_each_other_fall_back_to_defaults():
    faults: list[Wrong] = []
    layer = read_layer("conv2d", {"groups": 3}, faults)
    assert [fault.parameter for fault in faults] == ["groups"] and layer == catalogue()["conv2d"]()


def test_one_number_stands_for_all_axes():
    assert make_layer("conv2d", {"kernel_size": 5}) == make_layer("conv2d", {"kernel_size": [5, 5]})
    assert make_layer("upsample", {"scale_factor": 3}) == make_layer("upsample", {"scale_factor": 3.0})


def test_defaults_are_left_out_of_the_plain_form():
    assert plain(make_layer("conv2d", {"out_channels": 32, "padding": "same", "stride": 1})) == {"padding": "same"}


def test_other_parameters_make_another_layer():
    layer = make_layer("linear", {"out_features": 3})
    assert plain(with_parameters(layer, bias=False)) == {"out_features": 3, "bias": False}
    with pytest.raises(Wrong):
        with_parameters(layer, bias="no")


def test_a_layer_that_is_not_there_is_named():
    with pytest.raises(UnknownType, match="There is no layer “rotor”"):
        make_layer("rotor", {})


def test_an_unknown_layer_keeps_what_it_came_with():
    unknown = Unknown("rotor", '{"speed": 3, "deep": {"a": [1, null]}}')
    assert plain(unknown) == {"speed": 3, "deep": {"a": [1, None]}}


def test_the_catalogue_is_in_the_order_of_families():
    families = [cls.about.family for cls in catalogue().values()]
    assert families == sorted(families, key=families.index), "no family comes twice"
    assert families[0] == "Input and output" and families[-1] == "Attention"


@pytest.mark.parametrize(
    "id, stem",
    [
        ("conv2d", "conv"),
        ("conv_transpose2d", "upconv"),
        ("max_pool1d", "pool"),
        ("adaptive_avg_pool2d", "pool"),
        ("linear", "linear"),
        ("relu6", "relu"),
        ("batch_norm1d", "norm"),
        ("group_norm", "norm"),
        ("dropout2d", "dropout"),
        ("sigmoid", "sigmoid"),
        ("pad", "pad"),
        ("add", "add"),
        ("flatten", "flatten"),
    ],
)
def test_names_begin_with_the_common_word(id, stem):
    assert catalogue()[id].about.stem == stem


@pytest.mark.parametrize("word", ["Dense", "Conv2D", "MaxPooling2D", "BatchNormalization", "GlobalAveragePooling2D"])
def test_a_layer_is_found_under_its_name_in_keras(word):
    assert [cls for cls in catalogue().values() if word in cls.about.also]
