"""U-Net: "Convolutional Networks for Biomedical Image Segmentation" (arXiv:1505.04597), padded and normalised.

The paper's convolutions shrink the image, which is cropped where ways meet; as is usual today, they are padded here,
and followed by batch normalisation, so that each pixel that comes in gets an answer: 31,037,698 parameters for three
channels and two classes, as is reported of that form (github.com/milesial/Pytorch-UNet, bilinear=False).
"""

from engine.blocks import Block, Lifted, Target
from engine.project.project import Project
from engine.project.recipe import Adam, Recipe
from engine.project.templates.drawing import Drawing, chained
from engine.project.templates.template import Origin, Shape, Template
from engine.text import text

WIDTHS = (64, 128, 256, 512)
BOTTOM = 1024


def _double_conv() -> Block:
    conv = {"out_channels": 64, "padding": [1, 1], "bias": False}
    drawn = chained(
        "x",
        (64, 64, 64),
        {
            "conv1": ("conv2d", conv),
            "norm1": ("batch_norm2d", {}),
            "relu1": ("relu", {}),
            "conv2": ("conv2d", conv),
            "norm2": ("batch_norm2d", {}),
            "relu2": ("relu", {}),
        },
    )
    targets = (Target("conv1", "out_channels"), Target("conv2", "out_channels"))
    lifted = Lifted("out_channels", targets, 64, "Channels of the result.")
    return Block(drawn, (lifted,), "Two padded 3 × 3 convolutions, each normalised: U-Net.")


def _unet(shape: Shape, classes: int) -> Project:
    """Down to the right, and back to the left below: what is handed across goes straight down."""
    drawing, sizes = Drawing(shape).use("double_conv", _double_conv()), [shape[1:]]
    for number, channels in enumerate(WIDTHS, 1):
        drawing.block(f"enc{number}", "double_conv", out_channels=channels).column(number)
        drawing.add(f"pool{number}", "max_pool2d", kernel_size=2)
        sizes.append((sizes[-1][0] // 2, sizes[-1][1] // 2))
    drawing.block("bottom", "double_conv", out_channels=BOTTOM)
    for number, channels in reversed(list(enumerate(WIDTHS, 1))):
        odd = [size % 2 for size in sizes[number - 1]]
        drawing.add(
            f"up{number}", "conv_transpose2d", out_channels=channels, kernel_size=2, stride=2, output_padding=odd
        )
        drawing.column(number - 1).add(f"joined{number}", "concat", f"enc{number}", f"up{number}")
        drawing.block(f"dec{number}", "double_conv", out_channels=channels)
    drawing.add("classify", "conv2d", out_channels=classes, kernel_size=1).add("mask1", "output", target="mask")
    return drawing.project(Recipe(optimizer=Adam(lr=1e-4), epochs=10, batch_size=8))


TEMPLATES = (
    Template(
        "unet",
        "U-Net",
        text("Segmentation"),
        text("A class for every pixel: down to what is where, and back up with the details handed across."),
        _unet,
        Origin("arXiv:1505.04597; parameters of its usual padded and normalised form in PyTorch", 31_037_698),
        shape=(3, 256, 256),
        classes=2,
        tags=("unet", "segmentation", "mask", "pixels", "encoder", "decoder", "2015"),
    ),
)
