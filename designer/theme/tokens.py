"""Colours and sizes, in one place: nothing else in the window names one."""

from typing import NamedTuple

from engine.graph.flow import GRID as GRID  # of which places in a drawing are multiples


class Tokens(NamedTuple):
    """The colours of a theme as #rrggbb. `families` are by a layer's family, `notes` by a note's colour.

    No two themes have one `name`; `light` says whether it is dark on light.
    """

    name: str
    light: bool
    window: str
    canvas: str
    grid: str
    card: str
    border: str
    raised: str
    text: str
    secondary: str
    disabled: str
    accent: str
    on_accent: str
    hover: str
    focus: str
    problem: str
    warning: str
    good: str
    training: str
    validation: str
    families: dict[str, str]
    notes: dict[str, str]


DARK = Tokens(
    name="dark",
    light=False,
    window="#14161b",
    canvas="#191c22",
    grid="#262a33",
    card="#232833",
    border="#343b49",
    raised="#2b3140",
    text="#e8ebf1",
    secondary="#9aa4b5",
    disabled="#6b7587",
    accent="#5b9dff",
    on_accent="#14161b",
    hover="#313849",
    focus="#8bb9ff",
    problem="#ff6b6b",
    warning="#ffb020",
    good="#3ecf8e",
    training="#5b9dff",
    validation="#ffa657",
    families={
        "Input and output": "#8b95a7",
        "Convolution": "#4e8cff",
        "Linear": "#22b8a6",
        "Pooling": "#a06bff",
        "Normalisation": "#f2a33a",
        "Activation": "#ef5da8",
        "Regularisation": "#94a3b8",
        "Shape": "#4fb3d9",
        "Merge": "#7cc04b",
        "Recurrent": "#e8743b",
        "Attention": "#d946ef",
        "Blocks": "#c6cf4e",
        "Custom": "#c0a062",
    },
    notes={
        "grey": "#8b95a7",
        "blue": "#5b9dff",
        "teal": "#22b8a6",
        "purple": "#a06bff",
        "orange": "#f2a33a",
        "pink": "#ef5da8",
        "green": "#7cc04b",
    },
)

LIGHT = Tokens(
    name="light",
    light=True,
    window="#f4f5f8",
    canvas="#fbfbfd",
    grid="#e3e6ec",
    card="#ffffff",
    border="#d5dae3",
    raised="#f0f2f6",
    text="#1c212b",
    secondary="#5b6575",
    disabled="#949dac",
    accent="#2563eb",
    on_accent="#ffffff",
    hover="#e6eaf2",
    focus="#1d4fd8",
    problem="#cc2a1e",
    warning="#b54708",
    good="#067647",
    training="#2563eb",
    validation="#b8520b",
    families={
        "Input and output": "#5f6b80",
        "Convolution": "#2f6be0",
        "Linear": "#0f8b7d",
        "Pooling": "#7c45e0",
        "Normalisation": "#b06a00",
        "Activation": "#d02f86",
        "Regularisation": "#64748b",
        "Shape": "#1f83ab",
        "Merge": "#4d8a1f",
        "Recurrent": "#c2521a",
        "Attention": "#b021c9",
        "Blocks": "#6a7400",
        "Custom": "#8a6d2f",
    },
    notes={
        "grey": "#5f6b80",
        "blue": "#2f6be0",
        "teal": "#0f8b7d",
        "purple": "#7c45e0",
        "orange": "#b06a00",
        "pink": "#d02f86",
        "green": "#4d8a1f",
    },
)

# For whoever asks the system for more contrast: lines are seen, and what is secondary is read as well as the rest.
DARK_STRONG = DARK._replace(
    name="dark-strong",
    window="#000000",
    canvas="#000000",
    grid="#3a3f4a",
    card="#0b0d10",
    border="#aab2c0",
    raised="#1a1e26",
    text="#ffffff",
    secondary="#dfe4ec",
    disabled="#9aa4b5",
    accent="#8fbdff",
    on_accent="#000000",
    hover="#2b3140",
    focus="#ffffff",
    problem="#ff9d9d",
    warning="#ffc65c",
    good="#6fe3b0",
)
LIGHT_STRONG = LIGHT._replace(
    name="light-strong",
    window="#ffffff",
    canvas="#ffffff",
    grid="#b9bfca",
    border="#4a5260",
    text="#000000",
    secondary="#2b323d",
    disabled="#5b6575",
    accent="#0b3fb3",
    hover="#dfe5ef",
    focus="#000000",
    problem="#9c160d",
    warning="#7a2f00",
    good="#00502f",
)

# Sizes in pixels at 100%.
STEP = 4
CARD_RADIUS = 8
FIELD_RADIUS = 6
CARD_WIDTH = 184
CARD_HEIGHT = 52
PORT = 9
PORT_TARGET = 20
FIELD_HEIGHT = 28
PALETTE_WIDTH = 240
INSPECTOR_WIDTH = 300
TEXT_SIZE = 13
NUMBER_SIZE = 12
MOTION_MS = 150

# A drawn digit is data, not decoration: light on dark in both themes, as MNIST has it.
PAPER = "#000000"
INK = "#ffffff"
PENCIL = "#a0a0a4"
