"""AlexNet on one device, as torchvision has it ("One weird trick", arXiv:1404.5997): 61,100,840 parameters.

torchvision squeezes any image into 6 × 6 places before the linear layers; here these are as large as the image asks
for, which is the same at 224 × 224.
"""

from engine.project.project import Project
from engine.project.recipe import SGD, Recipe
from engine.project.templates.drawing import Drawing
from engine.project.templates.template import Origin, Shape, Template
from engine.text import text

POOL = {"kernel_size": 3, "stride": 2}


def _alexnet(shape: Shape, classes: int) -> Project:
    drawing = Drawing(shape)
    drawing.add("conv1", "conv2d", out_channels=64, kernel_size=11, stride=4, padding=2).add("relu1", "relu")
    drawing.add("pool1", "max_pool2d", **POOL)
    drawing.add("conv2", "conv2d", out_channels=192, kernel_size=5, padding=2).add("relu2", "relu")
    drawing.add("pool2", "max_pool2d", **POOL)
    for number, channels in enumerate((384, 256, 256), 3):
        drawing.add(f"conv{number}", "conv2d", out_channels=channels, padding=1).add(f"relu{number}", "relu")
    drawing.add("pool5", "max_pool2d", **POOL).add("flatten", "flatten")
    for number in (6, 7):
        drawing.add(f"dropout{number}", "dropout").add(f"linear{number}", "linear", out_features=4096)
        drawing.add(f"relu{number}", "relu")
    drawing.add("linear8", "linear", out_features=classes).add("class1", "output")
    return drawing.project(Recipe(optimizer=SGD(lr=0.01, momentum=0.9, weight_decay=5e-4), epochs=10, batch_size=128))


TEMPLATES = (
    Template(
        "alexnet",
        "AlexNet",
        text("Classics"),
        text("Five convolutions and three large linear layers: the network that began the deep years."),
        _alexnet,
        Origin("torchvision.models.alexnet; arXiv:1404.5997", 61_100_840),
        tags=("alexnet", "imagenet", "2012"),
    ),
)
