"""GoogLeNet with batch normalisation: "Going Deeper with Convolutions" (arXiv:1409.4842), as torchvision has it.

6,624,904 parameters at 3 × 224 × 224 and 1,000 classes, without the two helping outputs, which only training knows.
"""

from engine.project.project import Project
from engine.project.recipe import SGD, Recipe
from engine.project.templates.drawing import Drawing
from engine.project.templates.template import Origin, Shape, Template
from engine.text import text

PARTS = ("ch1x1", "ch3x3red", "ch3x3", "ch5x5red", "ch5x5", "pool_proj")
STAGES = (
    ((64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64)),
    (
        (192, 96, 208, 16, 48, 64),
        (160, 112, 224, 24, 64, 64),
        (128, 128, 256, 24, 64, 64),
        (112, 144, 288, 32, 64, 64),
        (256, 160, 320, 32, 128, 128),
    ),
    ((256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128)),
)
"""The paper's table 1: channels of the branches of each block."""


def _inception(shape: Shape, classes: int) -> Project:
    pool = {"kernel_size": 3, "stride": 2, "ceil_mode": True}
    drawing = Drawing(shape)
    wide = {"kernel_size": [7, 7], "stride": [2, 2], "padding": [3, 3]}
    drawing.block("conv1", "conv_norm_relu", out_channels=64, **wide).add("pool1", "max_pool2d", **pool)
    drawing.block("conv2", "conv_norm_relu", out_channels=64)
    drawing.block("conv3", "conv_norm_relu", out_channels=192, kernel_size=[3, 3], padding=[1, 1])
    drawing.add("pool2", "max_pool2d", **pool)
    for number, blocks in enumerate(STAGES, 3):
        for letter, channels in zip("abcde", blocks, strict=False):
            drawing.block(f"block{number}{letter}", "inception", **dict(zip(PARTS, channels, strict=True)))
        if number < 5:
            size = 3 if number == 3 else 2
            drawing.add(f"pool{number}", "max_pool2d", **{**pool, "kernel_size": size})
    drawing.add("pool", "global_avg_pool").add("dropout", "dropout", p=0.2)
    drawing.add("linear1", "linear", out_features=classes).add("class1", "output")
    return drawing.project(Recipe(optimizer=SGD(lr=0.05, momentum=0.9, weight_decay=1e-4), epochs=10, batch_size=64))


TEMPLATES = (
    Template(
        "inception",
        "Inception",
        text("Branches"),
        text("Nine blocks of four ways side by side, after GoogLeNet, with batch normalisation."),
        _inception,
        Origin("torchvision.models.googlenet without its helping outputs; arXiv:1409.4842", 6_624_904),
        tags=("inception", "googlenet", "branches", "imagenet", "2014"),
    ),
)
