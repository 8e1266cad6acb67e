"""LeNet-5 in its usual modern form: plain average pools, every map joined to every one, and a linear output.

"Gradient-based learning applied to document recognition", Proceedings of the IEEE 86 (1998). As it is mostly built
today it has 156 + 2,416 + 48,120 + 10,164 + 850 = 61,706 parameters at 1 × 32 × 32 and 10 classes.
"""

from engine.project.project import Project
from engine.project.recipe import Adam, Recipe
from engine.project.templates.drawing import Drawing
from engine.project.templates.template import Origin, Shape, Template
from engine.text import text


def _lenet5(shape: Shape, classes: int) -> Project:
    drawing = Drawing(shape)
    for number, channels in enumerate((6, 16), 1):
        drawing.add(f"conv{number}", "conv2d", out_channels=channels, kernel_size=5)
        drawing.add(f"tanh{number}", "tanh").add(f"pool{number}", "avg_pool2d", kernel_size=2)
    drawing.add("flatten", "flatten")
    for number, features in enumerate((120, 84), 3):
        drawing.add(f"linear{number}", "linear", out_features=features).add(f"tanh{number}", "tanh")
    drawing.add("linear5", "linear", out_features=classes).add("class1", "output")
    return drawing.project(Recipe(optimizer=Adam(lr=0.001), epochs=5, batch_size=64))


TEMPLATES = (
    Template(
        "lenet5",
        "LeNet-5",
        text("Classics"),
        text("The first widely used convolutional network: two convolutions, two pools, three linear layers."),
        _lenet5,
        Origin("Proceedings of the IEEE 86 (1998), 2278-2324", 61_706),
        shape=(1, 32, 32),
        classes=10,
        tags=("lenet", "digits", "mnist", "1998"),
    ),
)
