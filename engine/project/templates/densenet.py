"""DenseNet-121: "Densely Connected Convolutional Networks" (arXiv:1608.06993), as torchvision.models.densenet121.

7,978,856 parameters at 3 × 224 × 224 and 1,000 classes.
"""

from engine.blocks import Block, Lifted, Target
from engine.project.project import Project
from engine.project.recipe import SGD, Recipe
from engine.project.templates.drawing import Drawing, chained
from engine.project.templates.resnet import head, stem
from engine.project.templates.template import Origin, Shape, Template
from engine.text import text

DEPTHS = (6, 12, 24, 16)
GROWTH = 32


def _transition() -> Block:
    """What stands between two dense blocks: half the channels, half of height and width."""
    drawn = chained(
        "x",
        (256, 56, 56),
        {
            "norm1": ("batch_norm2d", {}),
            "relu1": ("relu", {}),
            "conv1": ("conv2d", {"out_channels": 128, "kernel_size": [1, 1], "bias": False}),
            "pool1": ("avg_pool2d", {"kernel_size": [2, 2]}),
        },
    )
    lifted = Lifted("out_channels", (Target("conv1", "out_channels"),), 128, "Channels of the result.")
    return Block(drawn, (lifted,), "Between two dense blocks: fewer channels, half of height and width.")


def _densenet121(shape: Shape, classes: int) -> Project:
    drawing = stem(Drawing(shape)).use("transition", _transition())
    channels = 64
    for number, depth in enumerate(DEPTHS, 1):
        drawing.block(f"dense{number}", "dense_block", num_layers=depth, growth_rate=GROWTH)
        channels += depth * GROWTH
        if number < len(DEPTHS):
            channels //= 2
            drawing.block(f"transition{number}", "transition", out_channels=channels)
    drawing.add("norm5", "batch_norm2d").add("relu5", "relu")
    recipe = Recipe(optimizer=SGD(lr=0.1, momentum=0.9, weight_decay=1e-4), epochs=10, batch_size=64)
    return head(drawing, classes).project(recipe)


TEMPLATES = (
    Template(
        "densenet121",
        "DenseNet-121",
        text("Residual"),
        text("Each layer takes what all before it in its block made: much from few parameters."),
        _densenet121,
        Origin("torchvision.models.densenet121; arXiv:1608.06993", 7_978_856),
        tags=("densenet", "dense", "concat", "imagenet", "2016"),
    ),
)
