"""What a person reads when values do not fit, and which fixes are offered: they mend, best first."""

import pytest

from engine.graph import InsertLayer, RemoveNode, Replace, SetParameter, free, spec
from engine.layers import Misfit, make_layer
from engine.layers.mending import mends


def misfit(id, parameters, *inputs):
    with pytest.raises(Misfit) as caught:
        make_layer(id, parameters).infer(*inputs)
    return caught.value


CASES = [
    (
        ("linear", {}, spec("N", 64, 3, 3)),
        "linear takes (N, features); here comes (N, 64, 3, 3).",
        [InsertLayer("flatten", "value")],
    ),
    (
        ("conv2d", {"kernel_size": 5}, spec("N", 1, 3, 8)),
        "kernel 5 is larger than the padded input 3 along height.",
        [SetParameter("padding", "same"), SetParameter("kernel_size", (3, 5))],
    ),
    (
        ("conv2d", {"kernel_size": 5, "stride": 2, "padding": 1}, spec("N", 1, 8, 2)),
        "kernel 5 is larger than the padded input 4 along width.",
        [SetParameter("kernel_size", (5, 4))],
    ),
    (
        ("conv2d", {"kernel_size": 3, "dilation": 4}, spec("N", 1, 8, 8)),
        "kernel 3 with dilation 4 spans 9, more than the padded input 8 along height.",
        [SetParameter("padding", "same"), SetParameter("kernel_size", (2, 2))],
    ),
    (
        ("conv2d", {}, spec("N", 28, 28)),
        "conv2d takes (N, channels, height, width); here comes (N, 28, 28).",
        [InsertLayer("reshape", "image", parameters=(("shape", (1, 28, 28)),)), Replace("conv1d")],
    ),
    (
        ("conv2d", {"kernel_size": [3, 5]}, spec("N", 4, 9)),
        "conv2d takes (N, channels, height, width); here comes (N, 4, 9).",
        [
            InsertLayer("reshape", "image", parameters=(("shape", (1, 4, 9)),)),
            Replace("conv1d", (("kernel_size", (3,)),)),
        ],
    ),
    (
        ("conv2d", {}, spec("N", 784)),
        "conv2d takes (N, channels, height, width); here comes (N, 784).",
        [InsertLayer("reshape", "image", parameters=(("shape", (1, 28, 28)),))],
    ),
    (
        ("conv1d", {}, spec("N", 3, 8, 8)),
        "conv1d takes (N, channels, length); here comes (N, 3, 8, 8).",
        [Replace("conv2d"), InsertLayer("flatten", "image", parameters=(("start_dim", 2),))],
    ),
    (
        ("conv2d", {"groups": 8}, spec("N", 12, 8, 8)),
        "groups (8) must divide the 12 channels.",
        [SetParameter("groups", 4)],
    ),
    (
        ("conv2d", {"padding": 3, "padding_mode": "reflect"}, spec("N", 1, 3, 8)),
        "reflect padding of 3 needs more than the size 3 along height.",
        [SetParameter("padding_mode", "zeros")],
    ),
    (
        ("max_pool2d", {}, spec("N", 3, 1, 1)),
        "kernel 2 is larger than the padded input 1 along height.",
        [RemoveNode(), SetParameter("kernel_size", (1, 1))],
    ),
    (
        ("batch_norm2d", {"eps": 0.1}, spec("N", 64)),
        "batch_norm2d takes (N, channels, height, width); here comes (N, 64).",
        [Replace("batch_norm1d")],
    ),
    (
        ("batch_norm1d", {}, spec("N", 64, 8, 8)),
        "batch_norm1d takes (N, channels) or (N, channels, length); here comes (N, 64, 8, 8).",
        [Replace("batch_norm2d")],
    ),
    (
        ("dropout2d", {}, spec("N", 64)),
        "dropout2d takes (N, channels, height, width); here comes (N, 64).",
        [Replace("dropout")],
    ),
    (
        ("group_norm", {"num_groups": 8}, spec("N", 20, 4, 4)),
        "num_groups (8) must divide the 20 channels.",
        [SetParameter("num_groups", 4)],
    ),
    (
        ("layer_norm", {"normalized_shape": [12]}, spec("N", 5, 10)),
        "layer_norm is set to normalise (12,); here comes (N, 5, 10), which does not end so.",
        [SetParameter("normalized_shape", (10,)), SetParameter("normalized_shape", None)],
    ),
    (
        ("reshape", {"shape": [5, -1]}, spec("N", 64, 7, 7)),
        "A sample of (N, 64, 7, 7) holds 3136 numbers, which do not go into (5, -1).",
        [SetParameter("shape", (-1, 1)), SetParameter("shape", (-1,))],
    ),
    (
        ("softmax", {"dim": 2}, spec("N", 10)),
        "dim 2 is not an axis of (N, 10).",
        [SetParameter("dim", 1), SetParameter("dim", -1)],
    ),
    (
        ("permute", {}, spec("N", 10, 3)),
        "dims names 4 axes; (N, 10, 3) has 3.",
        [SetParameter("dims", (0, 2, 1))],
    ),
    (
        ("upsample", {"mode": "linear"}, spec("N", 3, 8, 8)),
        "mode linear does not work on (N, 3, 8, 8); it takes bilinear, bicubic, nearest.",
        [SetParameter("mode", "bilinear"), SetParameter("mode", "bicubic"), SetParameter("mode", "nearest")],
    ),
    (
        ("relu", {}, spec("N", 8, dtype="int64")),
        "relu takes float32 numbers; here comes int64. Set the input's dtype to float32.",
        [],
    ),
    (
        ("add", {}, spec("N", 32, 14, 14), spec("N", 64, 28, 28)),
        "add takes values of one shape; here come (N, 32, 14, 14) and (N, 64, 28, 28). Only sizes of 1 stretch.",
        [
            InsertLayer("conv2d", "parts", 1, (("out_channels", 32), ("kernel_size", (1, 1)), ("stride", (2, 2)))),
        ],
    ),
    (
        ("multiply", {}, spec("N", 10), spec("N", 7)),
        "multiply takes values of one shape; here come (N, 10) and (N, 7). Only sizes of 1 stretch.",
        [
            InsertLayer("linear", "parts", 1, (("out_features", 10),)),
            InsertLayer("linear", "parts", 0, (("out_features", 7),)),
        ],
    ),
    (
        ("concat", {}, spec("N", 8, 14, 14), spec("N", 4, 7, 7)),
        "concat joins along axis 1, so all other sizes must be equal; here come (N, 8, 14, 14) and (N, 4, 7, 7).",
        [InsertLayer("upsample", "parts", 1, (("size", (14, 14)),))],
    ),
    (
        ("concat", {}, spec("N", 8, 5), spec("N", 8, 7)),
        "concat joins along axis 1, so all other sizes must be equal; here come (N, 8, 5) and (N, 8, 7).",
        [SetParameter("dim", 2)],
    ),
    (
        ("multi_head_attention", {"num_heads": 8}, spec("N", 5, 12), spec("N", 5, 12), spec("N", 5, 12)),
        "num_heads (8) must divide the 12 features of the query.",
        [SetParameter("num_heads", 4)],
    ),
    (
        ("multi_head_attention", {}, spec("N", 5, 16), spec("N", 16), spec("N", 5, 16)),
        "multi_head_attention takes (N, length, features); here comes (N, 16).",
        [],
    ),
    (
        ("multi_head_attention", {}, spec("N", 5, 16), spec("N", 6, 16), spec("N", 7, 16)),
        "value must begin with the sizes (N, 6); here comes (N, 7, 16).",
        [],
    ),
    (
        ("multi_head_attention", {}, *[spec("N", 5, 16)] * 3, None, spec("N", 5, 5)),
        "attn_mask must be (5, 5) or (8*N, 5, 5); here comes (N, 5, 5).",
        [SetParameter("num_heads", 1)],
    ),
    (
        ("linear", {}, spec("N", "T")),
        "The number of features must be a fixed number here; it is the free size T.",
        [],
    ),
]


@pytest.mark.parametrize(
    "call, sentence, fixes", CASES, ids=[f"{case[0][0]}-{number}" for number, case in enumerate(CASES)]
)
def test_a_misfit_is_told_with_its_arithmetic_and_mended(call, sentence, fixes):
    id, parameters, *inputs = call
    found = misfit(*call)
    assert str(found) == sentence
    assert [fix for fix in found.fixes if fix in fixes] == fixes, found.fixes
    assert bool(found.fixes) == bool(fixes)
    assert all(mends(make_layer(id, parameters), tuple(inputs), fix) for fix in found.fixes)


def test_a_fix_that_does_not_mend_is_left_out():
    layer = make_layer("conv2d", {"kernel_size": 5})
    assert not mends(layer, (spec("N", 1, 3, 3),), SetParameter("kernel_size", (4, 4)))
    assert not mends(layer, (spec("N", 1, 3, 3),), SetParameter("kernel_size", (0, 0)))
    assert not mends(layer, (spec("N", 9),), Replace("conv1d"))


def test_free_sizes_stay_free():
    shape = make_layer("conv2d", {"stride": 2, "padding": 1}).infer(spec("N", 3, "T", 8)).shape
    assert str(shape[2]) == "((T-1)//2)+1" and shape[3] == 4
    joined = make_layer("concat", {}).infer(spec("N", "T"), spec("N", free("T") + 1))
    assert str(joined) == "(N, 2*T+1)"
    assert make_layer("flatten", {}).infer(spec("N", "T", 3)) == spec("N", 3 * free("T"))
    assert make_layer("reshape", {"shape": [-1, 3]}).infer(spec("N", 6, "T")) == spec("N", 2 * free("T"), 3)
    assert make_layer("upsample", {}).infer(spec("N", 3, "T")) == spec("N", 3, 2 * free("T"))


def test_values_of_other_sizes_stretch_as_in_torch():
    add = make_layer("add", {})
    assert add.infer(spec("N", 8, 4, 4), spec("N", 8, 1, 1)) == spec("N", 8, 4, 4)
    assert add.infer(spec("N", 1), spec("N", 8), spec(1, 8)) == spec("N", 8)
    assert add.infer(spec("N", 3, dtype="int64"), spec("N", 3)) == spec("N", 3)


def test_a_joining_layer_without_a_value_says_so():
    assert str(misfit("add", {})) == "add needs at least one value."


def test_many_parts_that_differ_are_judged_at_once():
    """Each trial of a fix looks at the other parts again: without a stop, ten parts would be tried 3^10 times."""
    parts = [spec("N", 2 + number, 4, 4) for number in range(40)]
    assert misfit("add", {}, *parts).fixes == ()
