"""The fully connected layer."""

from typing import Annotated, ClassVar

from engine.graph import InsertLayer, Spec, spec
from engine.layers.base import Layer, layer
from engine.layers.call import Call, module
from engine.layers.mending import unfit
from engine.layers.parameters import Help, Range
from engine.layers.sizes import known, need_float, sample_numel, takes
from engine.text import text


@layer(
    "linear", family="Linear", also=("Dense", "fully connected", "FC", "affine", "perceptron", "MLP", "全连接", "线性")
)
class Linear(Layer, frozen=True, cache_hash=True):
    """Weighs and adds all features: (N, features) -> (N, out_features), and each step of (N, T, features)."""

    out_features: Annotated[int, Range(1), Help("How many numbers come out.")] = 64
    bias: Annotated[bool, Help("Adds a learned number to each result.")] = True

    example: ClassVar[Spec] = spec("N", 24)

    def infer(self, value: Spec) -> Spec:
        need_float(self, value)
        if value.rank not in (2, 3):
            raise unfit(self, (value,), takes(self, text("(N, features)"), value), InsertLayer("flatten", "value"))
        self._features(value)
        return Spec((*value.shape[:-1], self.out_features))

    def torch(self, value: Spec) -> Call:
        options = self.options("bias")
        return module("nn.Linear", in_features=self._features(value), out_features=self.out_features, **options)

    def weights(self, value: Spec) -> dict[str, tuple[int, ...]]:
        shape = {"weight": (self.out_features, self._features(value))}
        return shape | ({"bias": (self.out_features,)} if self.bias else {})

    def flops(self, value: Spec) -> int:
        return 2 * sample_numel(value) * self.out_features

    def _features(self, value: Spec) -> int:
        return known(self, value, value.shape[-1], text("The number of features"))
