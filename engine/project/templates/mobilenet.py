"""MobileNetV2: "Inverted Residuals and Linear Bottlenecks" (arXiv:1801.04381), as torchvision.models.mobilenet_v2.

3,504,872 parameters at 3 × 224 × 224 and 1,000 classes.
"""

from engine.project.project import Project
from engine.project.recipe import SGD, Recipe
from engine.project.templates.drawing import Drawing
from engine.project.templates.template import Origin, Shape, Template
from engine.text import text

WIDER = 6
STAGES = ((24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1))
"""Channels, how many blocks, stride of the first: the paper's table 2 from its third row on."""


def _mobilenet_v2(shape: Shape, classes: int) -> Project:
    drawing = Drawing(shape)
    drawing.add("conv1", "conv2d", out_channels=32, stride=2, padding=1, bias=False)
    drawing.add("norm1", "batch_norm2d").add("relu1", "relu6")
    drawing.add("depthwise1", "conv2d", out_channels=32, groups=32, padding=1, bias=False)
    drawing.add("norm2", "batch_norm2d").add("relu2", "relu6")
    drawing.add("project1", "conv2d", out_channels=16, kernel_size=1, bias=False).add("norm3", "batch_norm2d")
    before = 16
    for number, (channels, depth, stride) in enumerate(STAGES, 2):
        first = {"hidden_channels": WIDER * before, "out_channels": channels, "stride": [stride, stride]}
        drawing.block(f"down{number}" if stride > 1 else f"widen{number}", "inverted_residual_down", **first)
        if depth > 1:
            more = {"hidden_channels": WIDER * channels, "out_channels": channels, "repeat": depth - 1}
            drawing.block(f"stage{number}", "inverted_residual", **more)
        before = channels
    drawing.add("conv8", "conv2d", out_channels=1280, kernel_size=1, bias=False)
    drawing.add("norm8", "batch_norm2d").add("relu8", "relu6").add("pool", "global_avg_pool")
    drawing.add("dropout", "dropout", p=0.2).add("linear1", "linear", out_features=classes).add("class1", "output")
    return drawing.project(Recipe(optimizer=SGD(lr=0.05, momentum=0.9, weight_decay=4e-5), epochs=10, batch_size=64))


TEMPLATES = (
    Template(
        "mobilenet_v2",
        "MobileNetV2",
        text("Small"),
        text("Filters each channel by itself between narrow ends: few parameters, quick on a phone."),
        _mobilenet_v2,
        Origin("torchvision.models.mobilenet_v2; arXiv:1801.04381", 3_504_872),
        tags=("mobilenet", "mobile", "depthwise", "imagenet", "2018"),
    ),
)
