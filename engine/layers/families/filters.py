"""Groups of channels, for convolutions of both directions."""

import math

from engine.graph import SetParameter, Spec
from engine.layers.base import Layer
from engine.layers.mending import unfit
from engine.layers.parameters import Wrong
from engine.layers.sizes import channels_of
from engine.text import text


def check_groups(groups: int, out_channels: int) -> None:
    """Raises Wrong unless the channels of the result divide into groups."""
    if out_channels % groups:
        sentence = text(
            "groups ({groups}) must divide out_channels ({out_channels}).", groups=groups, out_channels=out_channels
        )
        raise Wrong("groups", sentence)


def need_groups(layer: Layer, image: Spec, groups: int) -> None:
    """Raises Misfit unless the channels of the input divide into groups."""
    channels = channels_of(layer, image)
    if channels % groups:
        sentence = text("groups ({groups}) must divide the {channels} channels.", groups=groups, channels=channels)
        raise unfit(layer, (image,), sentence, SetParameter("groups", math.gcd(groups, channels)))
