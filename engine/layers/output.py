"""Where the network's answer is taken and compared with its target."""

from typing import Annotated, ClassVar, Literal

from engine.graph import Spec, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call
from engine.layers.parameters import Help, Range


@layer("output", family="Input and output", stem="output", also=("target", "loss", "head", "输出"))
class Output(Layer, frozen=True, cache_hash=True):
    """Takes a value as an answer of the network, and says what it is compared with in training."""

    target: Annotated[str, Help("The column of the data that the answer is compared with.")] = "label"
    loss: Annotated[
        Literal["cross_entropy", "binary_cross_entropy", "mse", "l1", "huber"],
        Help("How far an answer is from its target. Cross-entropy takes scores before any softmax."),
    ] = "cross_entropy"
    weight: Annotated[float, Range(0), Help("How much this output counts in the sum of all losses.")] = 1.0
    metrics: Annotated[
        tuple[Literal["accuracy", "top_k", "precision", "recall", "f1", "mae"], ...],
        Help("What is measured beside the loss."),
    ] = ("accuracy",)

    example: ClassVar[Spec] = spec("N", 10)

    def infer(self, value: Spec) -> None:
        return None

    def torch(self, value: Spec) -> Call:
        raise NotImplementedError("an output is what forward returns")
