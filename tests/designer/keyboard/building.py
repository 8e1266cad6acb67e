"""The textbook network, built from the empty project with keys alone: on the canvas, and in the outline."""

from PySide6.QtCore import Qt

from tests.designer.keyboard.hands import CTRL, NONE, SHIFT, Hands

CANVAS, OUTLINE = "Network", "Outline: layers in the order in which they run"


def begin_empty(hands: Hands) -> None:
    """Takes the empty starter of the welcome."""
    hands.tab_to("Empty")
    hands.press(Qt.Key.Key_Space)
    hands.wait_for(CANVAS)


def build_on_canvas(hands: Hands) -> None:
    """Adds by typing, types a parameter, connects, walks, renames, and has a problem mended."""
    for words in ("input", "conv2d 32 3", "relu", "maxpool2d 2"):
        add(hands, words)
    add(hands, "conv2d")
    hands.set_first("64")
    hands.wait_for(CANVAS)
    add(hands, "relu", held=SHIFT)  # without a wire
    connect_from_above(hands)
    for words in ("max pool 2d", "conv2d 64", "relu"):
        add(hands, words)
    add(hands, "dense 64")  # takes no image: it is not wired
    connect_from_above(hands)
    mend_first(hands)  # a flatten comes between
    hands.press(Qt.Key.Key_Down)
    for words in ("relu", "linear 10", "output"):
        add(hands, words)
    hands.press(Qt.Key.Key_Home)
    hands.press(Qt.Key.Key_F2)
    hands.write("image")
    hands.press(Qt.Key.Key_Return)
    hands.wait_for(CANVAS)


def build_in_outline(hands: Hands) -> None:
    """The same from the list alone: adding, connecting, parameters, renaming, deleting."""
    hands.press(Qt.Key.Key_E, held=CTRL | SHIFT)
    hands.wait_for(OUTLINE)
    for words in ("input", "conv2d 32 3", "relu", "maxpool2d 2", "conv2d"):
        list_after(hands, words)
    hands.set_first("64")
    hands.press(Qt.Key.Key_E, held=CTRL | SHIFT)
    list_after(hands, "relu", held=SHIFT)
    connect_from(hands, "conv2")
    for words in ("max pool 2d", "conv2d 64", "tanh", "relu"):
        list_after(hands, words)
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_Delete)  # the tanh: its wire heals
    hands.press(Qt.Key.Key_End)
    for words in ("flatten", "dense 64", "relu", "linear 10", "output"):
        list_after(hands, words)
    hands.press(Qt.Key.Key_Home)
    hands.press(Qt.Key.Key_F2)
    hands.press(Qt.Key.Key_A, held=CTRL)
    hands.write("image")
    hands.press(Qt.Key.Key_Return)
    hands.wait_for(OUTLINE)


def add(hands: Hands, words: str, held: Qt.KeyboardModifier = NONE) -> None:
    """Adds a layer below the selected one."""
    hands.press(Qt.Key.Key_Tab)
    hands.choose(words, held)
    hands.wait_for(CANVAS)


def connect_from_above(hands: Hands) -> None:
    """Goes up, connects to the nearest, which is the one below, and goes there."""
    hands.press(Qt.Key.Key_Up, Qt.Key.Key_C)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Down)


def mend_first(hands: Hands) -> None:
    """Goes to the first problem, applies its first fix, and comes back."""
    hands.press(Qt.Key.Key_F8)
    hands.press(Qt.Key.Key_Period, held=CTRL)
    hands.press(Qt.Key.Key_Escape)
    hands.wait_for(CANVAS)


def list_after(hands: Hands, words: str, held: Qt.KeyboardModifier = NONE) -> None:
    """Adds a layer after the current row."""
    hands.press(Qt.Key.Key_Slash)
    hands.choose(words, held)
    hands.wait_for(OUTLINE)


def connect_from(hands: Hands, name: str) -> None:
    """Wires the current row to another node."""
    hands.press(Qt.Key.Key_C)
    hands.choose(name)
    hands.wait_for(OUTLINE)
