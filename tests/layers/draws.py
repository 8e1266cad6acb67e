"""Random parameters and inputs around a layer's example."""

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from engine.graph import Dim, Spec, free
from engine.layers import Layer, Parameter, Wrong, make_layer

COMMON = 0.5  # the share of parameters that keep their default


class Drawn(NamedTuple):
    """A layer (or what is wrong with its parameters) and what comes into its ports: None where nothing does."""

    parameters: dict[str, Any]
    layer: Layer | None
    wrong: Wrong | None
    inputs: tuple[Spec | None, ...]


def example(cls: type[Layer]) -> tuple[Spec, ...]:
    """The layer's example inputs, one spec for each port."""
    return cls.example if isinstance(cls.example, tuple) else (cls.example,)


def draws(cls: type[Layer], seed: int = 0) -> Iterator[Drawn]:
    """First the example with the defaults, then random ones without end."""
    yield Drawn({}, cls(), None, example(cls))
    rng = random.Random(f"{cls.about.id} {seed}")
    while True:
        inputs = _inputs(rng, cls)
        parameters = {p.name: _value(rng, p, inputs) for p in cls.about.parameters}
        try:
            yield Drawn(parameters, make_layer(cls.about.id, parameters), None, inputs)
        except Wrong as wrong:
            yield Drawn(parameters, None, wrong, inputs)


def _inputs(rng: random.Random, cls: type[Layer]) -> tuple[Spec | None, ...]:
    variadic = any(port.variadic for port in cls.about.inputs)
    if len(example(cls)) > 1 and not variadic:
        return tuple(_several(rng, cls))
    inputs = tuple(_spec(rng, given) for given in example(cls))
    if variadic:
        first = inputs[0]
        inputs = tuple(_like(rng, first) for _ in range(rng.randint(1, 3)))
    return inputs


def _several(rng: random.Random, cls: type[Layer]) -> Iterator[Spec | None]:
    """Sizes that are equal in the example mostly stay so; optional ports are often empty."""
    sizes = {size for given in example(cls) for size in given.shape if isinstance(size, int)}
    changed = {size: _size(rng, size) for size in sorted(sizes)}
    for port, given in zip(cls.about.inputs, example(cls), strict=True):
        shape = tuple(changed.get(size, size) for size in given.shape)
        if rng.random() < 0.1 and isinstance(shape[0], int):
            shape = (rng.choice([1, 2, 8]) * free("N"), *shape)
        alike = Spec(shape, given.dtype if rng.random() < 0.9 else "bool")
        if not port.optional or rng.random() < 0.4:
            yield alike if rng.random() < 0.9 else _spec(rng, alike)
        else:
            yield None


def _spec(rng: random.Random, given: Spec) -> Spec:
    """Around a spec: other sizes, sometimes an axis more or less, sometimes other numbers."""
    sizes = [_size(rng, size) for size in given.shape]
    if rng.random() < 0.25:
        sizes = sizes[:-1] if rng.random() < 0.4 and len(sizes) > 1 else [*sizes, rng.randint(1, 6)]
    return Spec(tuple(sizes), "int64" if rng.random() < 0.05 else "float32")


def _size(rng: random.Random, size: Dim) -> Dim:
    return size if not isinstance(size, int) or rng.random() < 0.5 else rng.randint(1, size + 3)


def _like(rng: random.Random, first: Spec) -> Spec:
    """A part that mostly goes with the first: the same, one size of another, one of 1, an axis less."""
    place = rng.randrange(1, first.rank) if first.rank > 1 else 0
    size = rng.choice([1, rng.randint(1, 6), first.shape[place]])
    shape = (*first.shape[:place], size, *first.shape[place + 1 :]) if place else first.shape
    dtype = "int64" if rng.random() < 0.1 else first.dtype
    return Spec(shape[1:] if rng.random() < 0.1 and first.rank > 2 else shape, dtype)


def _value(rng: random.Random, parameter: Parameter, inputs: tuple[Spec, ...]) -> Any:
    if rng.random() < COMMON:
        return parameter.default
    kind = rng.choice([*parameter.kinds, *(["none"] if parameter.optional else [])])
    match kind:
        case "none":
            return None
        case "int":
            return _int(rng, parameter)
        case "float":
            return _float(rng, parameter)
        case "bool":
            return rng.random() < 0.5
        case "choice":
            return rng.choice(parameter.choices)
        case "floats":
            return tuple(_float(rng, parameter) for _ in range(parameter.length or 2))
        case "ints":
            return tuple(_ints(rng, parameter, inputs))
    return parameter.default


def _int(rng: random.Random, parameter: Parameter) -> int:
    low = max(parameter.range.low, -3)
    return rng.randint(int(low), int(min(parameter.range.high, low + rng.choice([2, 8]))))


def _float(rng: random.Random, parameter: Parameter) -> float:
    low = max(parameter.range.low, -2.0)
    number = rng.choice([low + 0.5, rng.uniform(low, min(parameter.range.high, low + 3)), float(round(low) + 1)])
    return max(min(number, parameter.range.high), low + 0.01)


def _ints(rng: random.Random, parameter: Parameter, inputs: tuple[Spec, ...]) -> list[int]:
    if parameter.length or not inputs:
        return [_int(rng, parameter) for _ in range(parameter.length or rng.randint(1, 3))]
    sizes = [size for size in inputs[0].shape[1:] if isinstance(size, int)]
    axes = list(range(inputs[0].rank))
    found = rng.choice(
        [
            sizes[rng.randrange(len(sizes)) :] if sizes else [1],
            rng.sample(sizes, len(sizes)),
            [axes[0], *rng.sample(axes[1:], len(axes) - 1)],
            rng.sample(axes, len(axes)),
            [axis - len(axes) for axis in rng.sample(axes, len(axes))],
            [-1, *sizes[:1]],
            [_int(rng, parameter) for _ in range(rng.choice([1, 2, 2, 4, 4, 6]))],
            [rng.randint(-2, 2) for _ in range(rng.choice([2, 4]))],
        ]
    )
    return [max(number, int(parameter.range.low)) if parameter.range.low > -100 else number for number in found]
