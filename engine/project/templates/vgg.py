"""VGG-11, configuration A of "Very Deep Convolutional Networks for Large-Scale Image Recognition" (arXiv:1409.1556).

132,863,336 parameters at 3 × 224 × 224 and 1,000 classes, as torchvision.models.vgg11.
"""

from engine.project.project import Project
from engine.project.recipe import SGD, Recipe
from engine.project.templates.drawing import Drawing
from engine.project.templates.template import Origin, Shape, Template
from engine.text import text

STAGES = ((64,), (128,), (256, 256), (512, 512), (512, 512))


def _vgg11(shape: Shape, classes: int) -> Project:
    drawing = Drawing(shape)
    for stage, widths in enumerate(STAGES, 1):
        for place, channels in enumerate(widths, 1):
            number = f"{stage}_{place}" if len(widths) > 1 else str(stage)
            drawing.add(f"conv{number}", "conv2d", out_channels=channels, padding=1).add(f"relu{number}", "relu")
        drawing.add(f"pool{stage}", "max_pool2d", kernel_size=2)
    drawing.add("flatten", "flatten")
    for layer in (6, 7):
        drawing.add(f"linear{layer}", "linear", out_features=4096).add(f"relu{layer}", "relu")
        drawing.add(f"dropout{layer}", "dropout")
    drawing.add("linear8", "linear", out_features=classes).add("class1", "output")
    return drawing.project(Recipe(optimizer=SGD(lr=0.01, momentum=0.9, weight_decay=5e-4), epochs=10, batch_size=64))


TEMPLATES = (
    Template(
        "vgg11",
        "VGG-11",
        text("Classics"),
        text("Nothing but 3 × 3 convolutions and pools, then three large linear layers."),
        _vgg11,
        Origin("torchvision.models.vgg11; arXiv:1409.1556", 132_863_336),
        tags=("vgg", "imagenet", "2014"),
    ),
)
