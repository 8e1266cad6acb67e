"""ResNet-18, 34 and 50: "Deep Residual Learning for Image Recognition" (arXiv:1512.03385), as torchvision has them.

Parameters at 3 × 224 × 224 and 1,000 classes: 11,689,512, 21,797,672 and 25,557,032.
"""

from engine.project.project import Project
from engine.project.recipe import SGD, Recipe
from engine.project.templates.drawing import Drawing
from engine.project.templates.template import Origin, Shape, Template
from engine.text import Text, text

RECIPE = Recipe(optimizer=SGD(lr=0.1, momentum=0.9, weight_decay=1e-4), epochs=10, batch_size=64)
SOURCE = "torchvision.models; arXiv:1512.03385"


def stem(drawing: Drawing) -> Drawing:
    """A wide convolution and a pool, which leave a quarter of height and width."""
    drawing.add("conv1", "conv2d", out_channels=64, kernel_size=7, stride=2, padding=3, bias=False)
    drawing.add("norm1", "batch_norm2d").add("relu1", "relu")
    return drawing.add("pool1", "max_pool2d", kernel_size=3, stride=2, padding=1)


def head(drawing: Drawing, classes: int) -> Drawing:
    """The average of each channel, and a score for each class."""
    return drawing.add("pool", "global_avg_pool").add("linear1", "linear", out_features=classes).add("class1", "output")


def _basic(shape: Shape, classes: int, depths: tuple[int, ...]) -> Project:
    drawing = stem(Drawing(shape)).block("stage1", "basic_block", out_channels=64, repeat=depths[0])
    for number, depth in enumerate(depths[1:], 2):
        channels = 32 * 2**number
        drawing.block(f"down{number}", "basic_block_down", out_channels=channels)
        drawing.block(f"stage{number}", "basic_block", out_channels=channels, repeat=depth - 1)
    return head(drawing, classes).project(RECIPE)


def _resnet18(shape: Shape, classes: int) -> Project:
    return _basic(shape, classes, (2, 2, 2, 2))


def _resnet34(shape: Shape, classes: int) -> Project:
    return _basic(shape, classes, (3, 4, 6, 3))


def _resnet50(shape: Shape, classes: int) -> Project:
    drawing = stem(Drawing(shape))
    for number, depth in enumerate((3, 4, 6, 3), 1):
        width, stride = 32 * 2**number, [1, 1] if number == 1 else [2, 2]
        drawing.block(f"down{number}", "bottleneck_down", width=width, stride=stride)
        drawing.block(f"stage{number}", "bottleneck", width=width, repeat=depth - 1)
    return head(drawing, classes).project(RECIPE)


def _template(depth: int, description: Text, parameters: int) -> Template:
    return Template(
        f"resnet{depth}",
        f"ResNet-{depth}",
        text("Residual"),
        description,
        {18: _resnet18, 34: _resnet34, 50: _resnet50}[depth],
        Origin(SOURCE, parameters),
        tags=("resnet", "residual", "skip connection", "imagenet", "2015"),
    )


TEMPLATES = (
    _template(18, text("Eight residual blocks of two convolutions: a good first choice for images."), 11_689_512),
    _template(34, text("Sixteen residual blocks of two convolutions."), 21_797_672),
    _template(
        50, text("Sixteen bottlenecks of three convolutions: the standard that others are measured by."), 25_557_032
    ),
)
