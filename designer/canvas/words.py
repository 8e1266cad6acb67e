"""The few words on a card: the type, the parameters that matter, the shape, the count."""

from collections import Counter
from typing import Any

from engine.blocks import BlockLayer
from engine.graph import Graph, Spec, Wire
from engine.graph.spec import BATCH
from engine.layers import Layer, Unknown
from engine.text import tr

# What a reader expects beside the type even where it is the default, and reads without its name.
LEADING = ("out_channels", "out_features", "kernel_size", "p")


def shape_words(spec: Spec) -> str:
    """1×28×28: the shape of one sample. A first size that is not the batch is shown."""
    shape = spec.shape[1:] if spec.shape[:1] == (BATCH,) else spec.shape
    return "×".join(str(size) for size in shape) or "1"


def output_words(specs: tuple[Spec, ...]) -> str:
    """The shape that a node gives; the first and how many more where it gives several."""
    if not specs:
        return ""
    return shape_words(specs[0]) + (f" +{len(specs) - 1}" if len(specs) > 1 else "")


def count_words(number: int) -> str:
    """93,322 in full, 25.6M where a card has no room for more."""
    if number < 1_000_000:
        return f"{number:,}"
    for unit, size in (("T", 10**12), ("G", 10**9), ("M", 10**6)):
        if number >= size:
            return f"{number / size:.1f}{unit}"
    return str(number)


def type_words(layer: Layer) -> str:
    """Conv2d · 64 · 3×3 · stride 2×2: the type, and the parameters that differ from their defaults."""
    if isinstance(layer, Unknown):
        return tr("{type} (unknown)", type=layer.type)
    about = type(layer).about
    parts = [_title(layer)]
    for parameter in about.parameters:
        if isinstance(layer, BlockLayer) and parameter.name == "repeat":
            continue
        value = getattr(layer, parameter.name)
        if parameter.name in LEADING:
            parts.append(value_words(value))
        elif value != parameter.default and about.family != "Input and output":
            parts.append(_named(parameter.name, value))
    return " · ".join(parts)


def layer_count(graph: Graph[Layer]) -> int:
    """The layers of a drawing, its inputs and outputs not counted."""
    kinds = Counter([type(node.layer) for node in graph.nodes.values()])
    return sum(count for kind, count in kinds.items() if kind.about.family != "Input and output")


def _title(layer: Layer) -> str:
    """Conv2d; of a block with how often it stands in a chain, and what is in it where its face has no parameters."""
    title: str = type(layer).about.title
    if not isinstance(layer, BlockLayer):
        return title
    chained = f"{title} ×{layer.repeat}" if layer.repeat > 1 else title
    if layer.block.parameters:
        return chained
    count = layer_count(layer.block.graph)
    return f"{chained} · {tr('1 layer') if count == 1 else tr('{count} layers', count=count)}"


def value_words(value: Any) -> str:
    """3×3 for a size, — for nothing, and otherwise as it is written."""
    if isinstance(value, tuple):
        return "×".join(str(part) for part in value)
    if isinstance(value, float):
        return f"{value:g}"
    return "—" if value is None else str(value)


def _named(name: str, value: Any) -> str:
    words = name.replace("_", " ")
    if value is True:
        return words
    return tr("no {parameter}", parameter=words) if value is False else f"{words} {value_words(value)}"


def wire_words(wire: Wire) -> str:
    """conv1 → relu1."""
    return f"{wire.source.node} → {wire.target.node}"
