"""Attention with several heads."""

import math
from collections.abc import Sequence
from typing import Annotated, ClassVar, NamedTuple, TypeAlias

from engine.graph import Dim, SetParameter, Spec, dim_at, shape_text, spec
from engine.layers.base import Layer, Misfit, layer
from engine.layers.call import Call, In, Wanted, module
from engine.layers.mending import unfit
from engine.layers.parameters import Help, Range
from engine.layers.sizes import known, need_float, takes
from engine.text import Text, text

PORTS = ("query", "key", "value")
Came: TypeAlias = tuple[Spec | None, ...]


class Attended(NamedTuple):
    """What was gathered, and how much each place of the query took from each of the key: (N, L, S)."""

    output: Spec
    weights: Spec


@layer(
    "multi_head_attention",
    family="Attention",
    stem="attend",
    also=("MultiHeadAttention", "MHA", "self-attention", "cross-attention", "transformer", "多头注意力", "自注意力"),
)
class MultiheadAttention(Layer, frozen=True, cache_hash=True):
    """Lets each place of a sequence gather from all places of another: (N, L, features), as the query's shape.

    `query` is (N, L, E), `key` (N, S, K), `value` (N, S, V). `key_padding_mask` (N, S) hides places of the key where
    it is true; `attn_mask` (L, S), or (N * num_heads, L, S), hides pairs of places. A float32 mask is added instead.
    """

    num_heads: Annotated[int, Range(1), Help("How many heads attend side by side; it must divide the features.")] = 8
    dropout: Annotated[float, Range(0, 1), Help("Share of the attention weights set to zero in training.")] = 0.0
    bias: Annotated[bool, Help("Adds learned numbers after each projection.")] = True
    add_bias_kv: Annotated[bool, Help("Adds a learned place to key and value.")] = False
    add_zero_attn: Annotated[bool, Help("Adds a place of zeros to key and value.")] = False

    example: ClassVar[tuple[Spec, ...]] = (
        spec("N", 5, 16),
        spec("N", 6, 12),
        spec("N", 6, 10),
        spec("N", 6),
        spec(5, 6),
    )

    def infer(
        self,
        query: Spec,
        key: Spec,
        value: Spec,
        key_padding_mask: Spec | None = None,
        attn_mask: Spec | None = None,
    ) -> Attended:
        came = (query, key, value, key_padding_mask, attn_mask)
        for port, sequence in zip(PORTS, (query, key, value), strict=True):
            self._need_sequence(port, sequence)
        self._need_heads(came, self._features(came)[0])
        self._need_agreement(query, key, value)
        self._need_masks(came)
        return Attended(query, Spec((*query.shape[:2], key.shape[1] + self._more_places)))

    def torch(
        self,
        query: Spec,
        key: Spec,
        value: Spec,
        key_padding_mask: Spec | None = None,
        attn_mask: Spec | None = None,
    ) -> Call:
        embed_dim, kdim, vdim = self._features((query, key, value))
        made = module(
            "nn.MultiheadAttention",
            In("query"),
            In("key"),
            In("value"),
            embed_dim=embed_dim,
            num_heads=self.num_heads,
            **self.options("dropout", "bias", "add_bias_kv", "add_zero_attn"),
            **{name: size for name, size in (("kdim", kdim), ("vdim", vdim)) if size != embed_dim},
            batch_first=True,
        )
        masks = {"key_padding_mask": key_padding_mask, "attn_mask": attn_mask}
        return made.passing(**{name: In(name) for name in masks if masks[name]}, need_weights=Wanted("weights"))

    def weights(self, query: Spec, key: Spec, value: Spec, *masks: Spec | None) -> dict[str, tuple[int, ...]]:
        size, kdim, vdim = self._features((query, key, value))
        found: dict[str, tuple[int, ...]] = {"in_proj_weight": (3 * size, size)}
        if not size == kdim == vdim:
            found = {"q_proj_weight": (size, size), "k_proj_weight": (size, kdim), "v_proj_weight": (size, vdim)}
        if self.bias:
            found["in_proj_bias"] = (3 * size,)
        if self.add_bias_kv:
            found |= {"bias_k": (1, 1, size), "bias_v": (1, 1, size)}
        found["out_proj.weight"] = (size, size)
        return found | ({"out_proj.bias": (size,)} if self.bias else {})

    def flops(self, query: Spec, key: Spec, value: Spec, *masks: Spec | None) -> int:
        """The projections of query, key, value and result, then each place of the query with each of the key."""
        size, kdim, vdim = self._features((query, key, value))
        length, source = (max(dim_at(sequence.shape[1], {}), 1) for sequence in (query, key))
        projections = length * 2 * size + source * (kdim + vdim)
        return 2 * size * (projections + 2 * length * (source + self._more_places))

    def onnx_limit(self, query: Spec, key: Spec, value: Spec, *masks: Spec | None) -> Text | None:
        if isinstance(key.shape[1], int) or not any(masks) or not self._more_places:
            return None
        return text(
            "PyTorch's exporter cannot add a place to a mask whose length is free ({size}).", size=str(key.shape[1])
        )

    @property
    def _more_places(self) -> int:
        """How many places are added to key and value."""
        return int(self.add_bias_kv) + int(self.add_zero_attn)

    def _features(self, came: Came) -> tuple[int, ...]:
        """The sizes of the last axes of query, key and value. Raises Misfit where one is free."""
        return tuple(
            known(self, sequence, sequence.shape[-1], text("The number of features"), port)
            for port, sequence in zip(PORTS, came, strict=False)
            if sequence
        )

    def _need_sequence(self, port: str, sequence: Spec) -> None:
        need_float(self, sequence, port=port)
        if sequence.rank != 3:
            raise unfit(self, (sequence,), takes(self, text("(N, length, features)"), sequence), port=port)

    def _need_heads(self, came: Came, features: int) -> None:
        if features % self.num_heads:
            sentence = text(
                "num_heads ({heads}) must divide the {features} features of the query.",
                heads=self.num_heads,
                features=features,
            )
            raise unfit(self, came, sentence, SetParameter("num_heads", math.gcd(self.num_heads, features)))

    def _need_agreement(self, query: Spec, key: Spec, value: Spec) -> None:
        """The same samples everywhere, and a value for each place of the key."""
        wanted = {"key": (query.shape[0], key.shape[1]), "value": key.shape[:2]}
        for port, came in (("key", key), ("value", value)):
            if came.shape[:2] != wanted[port]:
                raise Misfit(
                    port,
                    text(
                        "{port} must begin with the sizes {wanted}; here comes {came}.",
                        port=port,
                        wanted=shape_text(wanted[port]),
                        came=str(came),
                    ),
                )

    def _need_masks(self, came: Came) -> None:
        query, key, _, hidden, pairs = came
        assert query and key
        (batch, length), source = query.shape[:2], key.shape[1]
        self._need_mask(came, 3, (batch, source))
        self._need_mask(came, 4, (length, source), (batch * self.num_heads, length, source))
        if hidden and pairs and hidden.dtype != pairs.dtype:
            sentence = text(
                "Both masks must be of one dtype; here come {this} and {that}.", this=hidden.dtype, that=pairs.dtype
            )
            raise Misfit("attn_mask", sentence)

    def _need_mask(self, came: Came, place: int, *shapes: tuple[Dim, ...]) -> None:
        port, mask = type(self).about.inputs[place].name, came[place]
        if mask and mask.shape not in shapes:
            sentence = text(
                "{port} must be {wanted}; here comes {came}.",
                port=port,
                wanted=_either([shape_text(shape) for shape in shapes]),
                came=str(mask),
            )
            raise unfit(self, came, sentence, SetParameter("num_heads", 1), port=port)
        if mask and mask.dtype == "int64":
            sentence = text(
                "{port} is true where nothing is taken, or a number that is added; int64 is neither.", port=port
            )
            raise Misfit(port, sentence)


def _either(shapes: Sequence[str]) -> Text:
    """ "(5, 6) or (8*N, 5, 6)"."""
    first, *others = shapes
    joined = text("{shape}", shape=first)
    for other in others:
        joined = text("{this} or {that}", this=joined, that=other)
    return joined
