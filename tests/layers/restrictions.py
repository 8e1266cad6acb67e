"""Where we ask for more than torch does, and why: rejected here though torch would take it."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from engine.graph import Spec, spec
from engine.layers import Layer

SPATIAL = {
    1: {"conv1d", "max_pool1d", "avg_pool1d", "adaptive_max_pool1d", "adaptive_avg_pool1d"},
    2: {"conv2d", "conv_transpose2d", "max_pool2d", "avg_pool2d", "adaptive_max_pool2d", "adaptive_avg_pool2d"},
}
FLOAT = {"relu", "relu6", "sigmoid", "tanh", "dropout", "dropout2d", "max_pool2d", "avg_pool1d", "avg_pool2d"}


class Restriction(NamedTuple):
    reason: str
    holds: Callable[[str, Layer, Sequence[Spec]], bool]
    example: tuple[str, dict[str, Any], Spec | tuple[Spec, ...]]


def _other_rank(id: str, layer: Layer, inputs: Sequence[Spec]) -> bool:
    return any(id in ids and inputs[0].rank != rank + 2 for rank, ids in SPATIAL.items())


def _integers(id: str, layer: Layer, inputs: Sequence[Spec]) -> bool:
    return id in FLOAT and inputs[0].dtype != "float32"


def _linear_images(id: str, layer: Layer, inputs: Sequence[Spec]) -> bool:
    return id == "linear" and inputs[0].rank not in (2, 3)


def _unbatched_upsample(id: str, layer: Layer, inputs: Sequence[Spec]) -> bool:
    return id == "upsample" and inputs[0].rank not in (3, 4)


def _lonely_group(id: str, layer: Layer, inputs: Sequence[Spec]) -> bool:
    numbers = [size for size in inputs[0].shape[1:] if isinstance(size, int)]
    return id == "group_norm" and numbers[0] == layer.num_groups and set(numbers[1:]) <= {1}


def _padded_batch(id: str, layer: Layer, inputs: Sequence[Spec]) -> bool:
    return id == "pad" and len(layer.pad) // 2 >= inputs[0].rank


def _cropped_away(id: str, layer: Layer, inputs: Sequence[Spec]) -> bool:
    if id != "pad":
        return False
    crops = [sum(min(number, 0) for number in layer.pad[place : place + 2]) for place in range(0, len(layer.pad), 2)]
    sizes = reversed(inputs[0].shape[1:])
    return any(isinstance(size, int) and size + crop < 1 for size, crop in zip(sizes, crops, strict=False))


def _one_sequence(id: str, layer: Layer, inputs: Sequence[Spec]) -> bool:
    return id == "multi_head_attention" and inputs[0].rank == 2


RESTRICTIONS = [
    Restriction(
        "the first axis is always the batch: torch would take it for the channels",
        _other_rank,
        ("max_pool2d", {}, spec("N", 8, 6)),
    ),
    Restriction(
        "torch computes with whole numbers here, which nothing can be learned through",
        _integers,
        ("relu", {}, spec("N", 8, dtype="int64")),
    ),
    Restriction(
        "mostly a flatten is missing, and a matrix over the width alone is a surprise",
        _linear_images,
        ("linear", {}, spec("N", 64, 3, 3)),
    ),
    Restriction(
        "no layer makes values of five axes, and with two there is nothing to resize",
        _unbatched_upsample,
        ("upsample", {}, spec("N", 8, 3, 3, 3)),
    ),
    Restriction(
        "torch refuses it at batch 1 alone: a group of one number is always zero",
        _lonely_group,
        ("group_norm", {"num_groups": 8}, spec("N", 8)),
    ),
    Restriction(
        "the first axis is always the batch: torch would take it for the places of one sequence",
        _one_sequence,
        ("multi_head_attention", {}, (spec("N", 16), spec("N", 16), spec("N", 16))),
    ),
    Restriction("the batch stays as it is", _padded_batch, ("pad", {"pad": [0, 1, 1, 0]}, spec("N", 8))),
    Restriction("nothing of the data would be left", _cropped_away, ("pad", {"pad": [-8, 1]}, spec("N", 8))),
]


def restricted(layer: Layer, inputs: Sequence[Spec], shape: Sequence[int]) -> bool:
    """Whether one of the declared restrictions holds; what comes out empty in torch is never of use."""
    id = type(layer).about.id
    return 0 in shape or any(restriction.holds(id, layer, inputs) for restriction in RESTRICTIONS)
