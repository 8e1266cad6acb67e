"""How a network is trained: optimizer, epochs, batch size and so on, declared as layers declare their parameters."""

from typing import Annotated, Literal, TypeAlias

import msgspec

from engine.layers.parameters import Help, Range

LearningRate: TypeAlias = Annotated[float, Range(0, above=True), Help("How far each step goes.")]
Decay: TypeAlias = Annotated[float, Range(0), Help("Pulls the weights towards zero at each step.")]
Beta: TypeAlias = Annotated[float, Range(0, 1, below=True), Help("How much of the running average is kept.")]
Epsilon: TypeAlias = Annotated[float, Range(0, above=True), Help("Keeps a division by zero away.")]


class SGD(msgspec.Struct, frozen=True, tag_field="type", tag="sgd"):
    """Stochastic gradient descent, with momentum where it is above 0."""

    lr: LearningRate = 0.01
    momentum: Annotated[float, Range(0, 1, below=True), Help("How much of the last step is taken again.")] = 0.0
    dampening: Annotated[float, Range(0, 1), Help("How much of the gradient momentum leaves out.")] = 0.0
    weight_decay: Decay = 0.0
    nesterov: Annotated[bool, Help("Looks ahead along the momentum; needs momentum, and no dampening.")] = False


class Adam(msgspec.Struct, frozen=True, tag_field="type", tag="adam"):
    """Adaptive moments: a good first choice."""

    lr: LearningRate = 0.001
    beta1: Beta = 0.9
    beta2: Beta = 0.999
    eps: Epsilon = 1e-8
    weight_decay: Decay = 0.0
    amsgrad: Annotated[bool, Help("Never lets the running second moment fall.")] = False


class AdamW(Adam, frozen=True, tag_field="type", tag="adamw"):
    """Adam with weight decay apart from the gradient."""

    weight_decay: Decay = 0.01


class RMSprop(msgspec.Struct, frozen=True, tag_field="type", tag="rmsprop"):
    """Steps divided by the running size of the gradient."""

    lr: LearningRate = 0.01
    alpha: Beta = 0.99
    eps: Epsilon = 1e-8
    weight_decay: Decay = 0.0
    momentum: Annotated[float, Range(0, 1, below=True), Help("How much of the last step is taken again.")] = 0.0
    centered: Annotated[bool, Help("Subtracts the running mean of the gradient first.")] = False


Optimizer: TypeAlias = SGD | Adam | AdamW | RMSprop


class Recipe(msgspec.Struct, frozen=True):
    """The recipe of a training. The keys of `--set` are these fields; `optimizer.lr` reaches inside."""

    optimizer: Optimizer = Adam()
    epochs: Annotated[int, Range(1, 100_000), Help("How many times the training data is gone through.")] = 2
    batch_size: Annotated[int, Range(1, 1_000_000), Help("Samples in one step.")] = 64
    validation: Annotated[
        float, Range(0, 1, above=True, below=True), Help("Share of the training data held back to judge by.")
    ] = 0.1
    seed: Annotated[int, Range(0, 2**63 - 1), Help("The same seed gives the same training again.")] = 0
    device: Annotated[Literal["auto", "cpu", "cuda"], Help("What computes: auto takes the GPU where one is.")] = "auto"
