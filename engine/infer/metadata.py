"""What an ONNX file of ours says beside the network: how inputs are treated, what outputs mean. JSON under one key."""

from typing import Literal, TypeAlias

import msgspec

from engine.data.preparation import Preparation

KEY = "tensorloom"
VERSION = 1
BYTES = (0.0, 255.0)
MOST = 4 * 1024 * 1024

Activation: TypeAlias = Literal["none", "softmax", "sigmoid"]

ACTIVATIONS: dict[str, Activation] = {"cross_entropy": "softmax", "binary_cross_entropy": "sigmoid"}


class InputNote(Preparation, frozen=True):
    """How a raw sample becomes an input; `range` are the least and the largest value that the source may hold."""

    range: tuple[float, float] = BYTES


class OutputNote(msgspec.Struct, frozen=True):
    """What an output means: the classes of its columns, and what makes probabilities of them."""

    labels: tuple[str, ...] = ()
    activation: Activation = "none"


class Metadata(msgspec.Struct, frozen=True):
    """What the file says of its inputs and outputs, by name."""

    inputs: dict[str, InputNote] = {}
    outputs: dict[str, OutputNote] = {}
    version: int = VERSION


def to_json(metadata: Metadata) -> str:
    """The value under KEY."""
    return msgspec.json.encode(metadata).decode()


def from_json(content: str) -> Metadata | None:
    """What a file says; None where it says nothing that we understand (a foreign file, or a later version)."""
    if len(content) > MOST:
        return None
    try:
        found = msgspec.json.decode(content, type=Metadata)
    except msgspec.DecodeError:
        return None
    return found if found.version == VERSION else None


def input_note(preparation: Preparation, range: tuple[float, float]) -> InputNote:
    """The note that carries a preparation into the file."""
    return InputNote(**msgspec.structs.asdict(preparation), range=range)


def output_note(loss: str, classes: tuple[str, ...], columns: int) -> OutputNote:
    """What an answer of so many columns means that was trained with this loss.

    One column for two classes is the probability of the second.
    """
    labels = classes if len(classes) == columns else classes[1:] if columns == 1 and len(classes) == 2 else ()
    return OutputNote(labels, ACTIVATIONS.get(loss, "none"))
