"""Blocks that come with the program, after the published definitions: ready to be dragged in and changed.

ResNet: torchvision's v1.5 (the stride is at the 3 × 3 convolution). MobileNetV2: Sandler et al. 2018. DenseNet-BC:
Huang et al. 2017. Squeeze-and-excitation: Hu et al. 2018. Inception: torchvision's GoogLeNet with batch normalisation,
whose third branch is 3 × 3. Transformer: nn.TransformerEncoderLayer with norm_first and gelu.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

from engine.blocks.block import Block, Lifted, Target
from engine.blocks.declaring import block_layer
from engine.graph import Graph, Node, Outlet, Place
from engine.graph.flow import CLOSE, ROW
from engine.layers import Layer, make_layer, with_parameters

POINT = {"kernel_size": [1, 1], "bias": False}
SAME = {"padding": [1, 1], "bias": False}


Step: TypeAlias = tuple[str, str, dict[str, Any]]
"""A node's name, its layer and the parameters."""


class _Drawing:
    """A block being drawn, on a grid of rows and columns."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node[Layer]] = {}
        self._places: dict[str, Place] = {}

    def add(
        self, name: str, layer: str | Layer, at: tuple[float, float], *sources: str, **parameters: Any
    ) -> "_Drawing":
        """With a node in this column and row, whose input ports these nodes are wired to, one after the other."""
        made = layer if isinstance(layer, Layer) else make_layer(layer, parameters)
        outlets = [Outlet(source, "output") for source in sources]
        ports = type(made).about.inputs
        wires: dict[str, tuple[Outlet, ...]] = {}
        if ports and ports[0].variadic:
            wires = {ports[0].name: tuple(outlets)}
        else:
            wires = {port.name: (outlet,) for port, outlet in zip(ports, outlets, strict=False)}
        self._nodes[name] = Node(made, wires)
        self._places[name] = Place(at[0] * CLOSE["down"], at[1] * ROW["down"])
        return self

    def chain(
        self, source: str, at: tuple[float, float], *steps: tuple[str, str | Layer, dict[str, Any]]
    ) -> "_Drawing":
        """With nodes (name, layer, parameters) one below the other, the first fed by `source`."""
        for row, (name, layer, parameters) in enumerate(steps):
            self.add(name, layer, (at[0], at[1] + row), source, **parameters)
            source = name
        return self

    def block(self, summary: str, *parameters: Lifted) -> Block:
        return Block(Graph(self._nodes, self._places), parameters, summary)


def _lifted(name: str, default: Any, help: str, *targets: str) -> Lifted:
    """A lifted parameter whose targets are written "node.parameter", or "node.parameter*4"."""
    found = []
    for target in targets:
        where, _, times = target.partition("*")
        node, _, parameter = where.partition(".")
        found.append(Target(node, parameter, int(times or 1)))
    return Lifted(name, tuple(found), default, help)


CHANNELS = "Channels of the result, and of what comes in."
OUT = "Channels of the result."
STRIDE = "How far the filters move at each step: 2 halves height and width."


def _basic_block() -> Block:
    drawing = _Drawing().add("x", "block_input", (1, 0), shape=[64, 32, 32])
    drawing.chain("x", (0, 1), *_two_convolutions(64))
    drawing.add("sum", "add", (1, 6), "norm2", "x").add("relu2", "relu", (1, 7), "sum")
    return drawing.add("y", "block_output", (1, 8), "relu2").block(
        "Two 3 × 3 convolutions whose result is added to what came in: ResNet-18 and 34.",
        _lifted("out_channels", 64, CHANNELS, "conv1.out_channels", "conv2.out_channels"),
    )


def _basic_block_down() -> Block:
    drawing = _Drawing().add("x", "block_input", (1, 0), shape=[64, 32, 32])
    drawing.chain("x", (0, 1), *_two_convolutions(128, stride=[2, 2]))
    return _projected(drawing, 6, "norm2", "relu2", 128).block(
        "A basic block that shrinks the image; a 1 × 1 convolution fits what came in to the result.",
        _lifted("out_channels", 128, OUT, "conv1.out_channels", "conv2.out_channels", "shortcut.out_channels"),
        _lifted("stride", (2, 2), STRIDE, "conv1.stride", "shortcut.stride"),
    )


def _two_convolutions(channels: int, **options: Any) -> tuple[Step, ...]:
    return (
        ("conv1", "conv2d", {"out_channels": channels, **SAME, **options}),
        ("norm1", "batch_norm2d", {}),
        ("relu1", "relu", {}),
        ("conv2", "conv2d", {"out_channels": channels, **SAME}),
        ("norm2", "batch_norm2d", {}),
    )


def _projected(drawing: _Drawing, row: int, source: str, relu: str, channels: int) -> _Drawing:
    """With a shortcut beside, as a convolution of stride 2, the sum, and the output."""
    drawing.add("shortcut", "conv2d", (1, 1), "x", out_channels=channels, stride=[2, 2], **POINT)
    drawing.add("norm_x", "batch_norm2d", (1, 2), "shortcut")
    drawing.add("sum", "add", (1, row), source, "norm_x").add(relu, "relu", (1, row + 1), "sum")
    return drawing.add("y", "block_output", (1, row + 2), relu)


def _bottleneck() -> Block:
    drawing = _Drawing().add("x", "block_input", (1, 0), shape=[256, 32, 32])
    drawing.chain("x", (0, 1), *_three_convolutions(64))
    drawing.add("sum", "add", (1, 9), "norm3", "x").add("relu3", "relu", (1, 10), "sum")
    return drawing.add("y", "block_output", (1, 11), "relu3").block(
        "1 × 1, 3 × 3 and 1 × 1 convolutions, four times as wide at the end, added to what came in: ResNet-50.",
        _lifted("width", 64, _WIDTH, "conv1.out_channels", "conv2.out_channels", "conv3.out_channels*4"),
    )


_WIDTH = "Channels within; the result has four times as many."


def _bottleneck_down() -> Block:
    drawing = _Drawing().add("x", "block_input", (1, 0), shape=[256, 32, 32])
    drawing.chain("x", (0, 1), *_three_convolutions(128, stride=[2, 2]))
    targets = "conv1.out_channels", "conv2.out_channels", "conv3.out_channels*4", "shortcut.out_channels*4"
    return _projected(drawing, 9, "norm3", "relu3", 512).block(
        "A bottleneck that shrinks the image or changes its channels; a 1 × 1 convolution fits what came in.",
        _lifted("width", 128, _WIDTH, *targets),
        _lifted("stride", (2, 2), STRIDE, "conv2.stride", "shortcut.stride"),
    )


def _three_convolutions(width: int, **options: Any) -> tuple[Step, ...]:
    return (
        ("conv1", "conv2d", {"out_channels": width, **POINT}),
        ("norm1", "batch_norm2d", {}),
        ("relu1", "relu", {}),
        ("conv2", "conv2d", {"out_channels": width, **SAME, **options}),
        ("norm2", "batch_norm2d", {}),
        ("relu2", "relu", {}),
        ("conv3", "conv2d", {"out_channels": 4 * width, **POINT}),
        ("norm3", "batch_norm2d", {}),
    )


def _inverted(hidden: int, out: int, column: int, **options: Any) -> _Drawing:
    """Wide inside and narrow at the ends, up to the last normalisation in row 8; `column` is where it begins."""
    drawing = _Drawing().add("x", "block_input", (column, 0), shape=[24, 56, 56])
    return drawing.chain(
        "x",
        (0, 1),
        ("expand", "conv2d", {"out_channels": hidden, **POINT}),
        ("norm1", "batch_norm2d", {}),
        ("relu1", "relu6", {}),
        ("depthwise", "conv2d", {"out_channels": hidden, "groups": hidden, **SAME, **options}),
        ("norm2", "batch_norm2d", {}),
        ("relu2", "relu6", {}),
        ("project", "conv2d", {"out_channels": out, **POINT}),
        ("norm3", "batch_norm2d", {}),
    )


_HIDDEN = "Channels within: in MobileNetV2, six times those that come in."
_HIDDEN_TARGETS = "expand.out_channels", "depthwise.out_channels", "depthwise.groups"


def _inverted_residual() -> Block:
    drawing = _inverted(144, 24, 1).add("sum", "add", (1, 9), "norm3", "x")
    return drawing.add("y", "block_output", (1, 10), "sum").block(
        "Widens, filters each channel by itself, narrows, and adds what came in: MobileNetV2.",
        _lifted("hidden_channels", 144, _HIDDEN, *_HIDDEN_TARGETS),
        _lifted("out_channels", 24, CHANNELS, "project.out_channels"),
    )


def _inverted_residual_down() -> Block:
    return (
        _inverted(144, 32, 0, stride=[2, 2])
        .add("y", "block_output", (0, 9), "norm3")
        .block(
            "An inverted residual without a shortcut, for where channels or sizes change: MobileNetV2.",
            _lifted("hidden_channels", 144, _HIDDEN, *_HIDDEN_TARGETS),
            _lifted("out_channels", 32, OUT, "project.out_channels"),
            _lifted("stride", (2, 2), STRIDE, "depthwise.stride"),
        )
    )


def _dense_layer() -> Block:
    drawing = _Drawing().add("x", "block_input", (0, 0), shape=[64, 56, 56])
    drawing.chain(
        "x",
        (1, 1),
        ("norm1", "batch_norm2d", {}),
        ("relu1", "relu", {}),
        ("conv1", "conv2d", {"out_channels": 128, **POINT}),
        ("norm2", "batch_norm2d", {}),
        ("relu2", "relu", {}),
        ("conv2", "conv2d", {"out_channels": 32, **SAME}),
    )
    drawing.add("joined", "concat", (0, 7), "x", "conv2")
    return drawing.add("y", "block_output", (0, 8), "joined").block(
        "Makes a few channels more and puts them behind those that came in: DenseNet-BC.",
        _lifted("growth_rate", 32, "How many channels each adds.", "conv1.out_channels*4", "conv2.out_channels"),
    )


def _dense_block() -> Block:
    layer = block_layer("dense_layer", library_block("dense_layer"))(repeat=6)
    drawing = _Drawing().add("x", "block_input", (0, 0), shape=[64, 56, 56]).add("layers", layer, (0, 1), "x")
    return drawing.add("y", "block_output", (0, 2), "layers").block(
        "Dense layers, each of which takes what all before it made: DenseNet-BC.",
        _lifted("num_layers", 6, "How many dense layers.", "layers.repeat"),
        _lifted("growth_rate", 32, "How many channels each adds.", "layers.growth_rate"),
    )


def _squeeze_excite() -> Block:
    drawing = _Drawing().add("x", "block_input", (1, 0), shape=[64, 32, 32])
    drawing.chain(
        "x",
        (0, 1),
        ("squeeze", "adaptive_avg_pool2d", {}),
        ("reduce", "conv2d", {"out_channels": 16, "kernel_size": [1, 1]}),
        ("relu1", "relu", {}),
        ("restore", "conv2d", {"out_channels": 64, "kernel_size": [1, 1]}),
        ("gate", "sigmoid", {}),
    )
    drawing.add("scaled", "multiply", (1, 6), "gate", "x")
    return drawing.add("y", "block_output", (1, 7), "scaled").block(
        "Weighs each channel by what the whole image holds: squeeze-and-excitation.",
        _lifted("channels", 64, CHANNELS, "restore.out_channels"),
        _lifted("squeeze_channels", 16, "Channels within.", "reduce.out_channels"),
    )


def _conv_norm_relu() -> Block:
    drawing = _Drawing().add("x", "block_input", (0, 0), shape=[192, 28, 28])
    drawing.chain(
        "x",
        (0, 1),
        ("conv", "conv2d", {"out_channels": 64, **POINT}),
        ("norm", "batch_norm2d", {"eps": 0.001}),
        ("relu", "relu", {}),
    )
    return drawing.add("y", "block_output", (0, 4), "relu").block(
        "A convolution, batch normalisation and ReLU: what Inception is made of.",
        _lifted("out_channels", 64, OUT, "conv.out_channels"),
        _lifted("kernel_size", (1, 1), "Height and width of a filter.", "conv.kernel_size"),
        _lifted("stride", (1, 1), STRIDE, "conv.stride"),
        _lifted("padding", (0, 0), "What is added at both ends of each axis.", "conv.padding"),
    )


def _inception() -> Block:
    conv = block_layer("conv_norm_relu", library_block("conv_norm_relu"))()

    def made(channels: int, wide: bool = False) -> Layer:
        options = {"kernel_size": [3, 3], "padding": [1, 1]} if wide else {}
        return with_parameters(conv, out_channels=channels, **options)

    drawing = _Drawing().add("x", "block_input", (1.5, 0), shape=[192, 28, 28])
    drawing.add("branch1", made(64), (0, 1), "x")
    drawing.add("reduce2", made(96), (1, 1), "x").add("branch2", made(128, wide=True), (1, 2), "reduce2")
    drawing.add("reduce3", made(16), (2, 1), "x").add("branch3", made(32, wide=True), (2, 2), "reduce3")
    pool = {"kernel_size": [3, 3], "stride": [1, 1], "padding": [1, 1]}
    drawing.add("pool", "max_pool2d", (3, 1), "x", **pool).add("branch4", made(32), (3, 2), "pool")
    drawing.add("joined", "concat", (1.5, 3), "branch1", "branch2", "branch3", "branch4")
    return drawing.add("y", "block_output", (1.5, 4), "joined").block(
        "Four ways side by side, joined by their channels: GoogLeNet with batch normalisation.",
        _lifted("ch1x1", 64, "Channels of the 1 × 1 branch.", "branch1.out_channels"),
        _lifted("ch3x3red", 96, "Channels before the 3 × 3 branch.", "reduce2.out_channels"),
        _lifted("ch3x3", 128, "Channels of the 3 × 3 branch.", "branch2.out_channels"),
        _lifted("ch5x5red", 16, "Channels before the third branch.", "reduce3.out_channels"),
        _lifted("ch5x5", 32, "Channels of the third branch, called 5 × 5 in the paper.", "branch3.out_channels"),
        _lifted("pool_proj", 32, "Channels of the branch with the pool.", "branch4.out_channels"),
    )


def _transformer_encoder() -> Block:
    drawing = _Drawing().add("x", "block_input", (1, 0), shape=[16, 512])
    drawing.add("norm1", "layer_norm", (0, 1), "x")
    drawing.add("attend", "multi_head_attention", (0, 2), "norm1", "norm1", "norm1", num_heads=8, dropout=0.1)
    drawing.add("dropout1", "dropout", (0, 3), "attend", p=0.1).add("sum1", "add", (1, 4), "dropout1", "x")
    drawing.chain(
        "sum1",
        (0, 5),
        ("norm2", "layer_norm", {}),
        ("linear1", "linear", {"out_features": 2048}),
        ("gelu", "gelu", {}),
        ("dropout2", "dropout", {"p": 0.1}),
        ("linear2", "linear", {"out_features": 512}),
        ("dropout3", "dropout", {"p": 0.1}),
    )
    drawing.add("sum2", "add", (1, 11), "dropout3", "sum1")
    dropouts = "attend.dropout", "dropout1.p", "dropout2.p", "dropout3.p"
    return drawing.add("y", "block_output", (1, 12), "sum2").block(
        "Attention of a sequence to itself, then two linear layers, each added to what came in: a transformer.",
        _lifted("d_model", 512, "Features of each place of the sequence.", "linear2.out_features"),
        _lifted("num_heads", 8, "How many heads attend side by side.", "attend.num_heads"),
        _lifted("dim_feedforward", 2048, "Features between the two linear layers.", "linear1.out_features"),
        _lifted("dropout", 0.1, "Share of the numbers that are made zero in training.", *dropouts),
    )


_BUILDERS: Mapping[str, Callable[[], Block]] = {
    "basic_block": _basic_block,
    "basic_block_down": _basic_block_down,
    "bottleneck": _bottleneck,
    "bottleneck_down": _bottleneck_down,
    "inverted_residual": _inverted_residual,
    "inverted_residual_down": _inverted_residual_down,
    "dense_layer": _dense_layer,
    "dense_block": _dense_block,
    "squeeze_excite": _squeeze_excite,
    "conv_norm_relu": _conv_norm_relu,
    "inception": _inception,
    "transformer_encoder": _transformer_encoder,
}

NAMES = tuple(_BUILDERS)
"""What they are called, in the order in which they are offered."""


@cache
def library_block(name: str) -> Block:
    """One of them. Raises KeyError where there is none of this name."""
    return _BUILDERS[name]()


@cache
def library() -> Mapping[str, Block]:
    """All of them by name, in the order in which they are offered; a block may use those before it."""
    return {name: library_block(name) for name in _BUILDERS}
