"""When a number stops being finite: the failing step is done again with probes, to name where it began."""

from collections import defaultdict
from collections.abc import Mapping

import msgspec
import torch
from torch import Tensor

from engine.lower.paths import all_steps, weight_at
from engine.text import Text, text
from engine.train.losses import fitted_target, loss_of, total_loss
from engine.train.network import Network, forward, probed


class Finding(msgspec.Struct, frozen=True):
    """What went wrong, and at which node, in a block the way to it (empty: in the data, or not found)."""

    text: Text
    node: str = ""


def find_fault(network: Network, step: int, batch: Mapping[str, Tensor]) -> Finding:
    """Repeats step `step` on its batch, with the weights as they were before it and torch's random state set for it."""
    return (
        _in_data(step, batch)
        or _in_weights(network, step)
        or _in_values(network, step, batch)
        or Finding(
            text(
                "At step {step} numbers stopped being finite (NaN or infinite); done again, the step was sound. "
                "Try a smaller learning rate.",
                step=step,
            )
        )
    )


def _in_data(step: int, batch: Mapping[str, Tensor]) -> Finding | None:
    for column, values in batch.items():
        if _finite(values):
            continue
        bad = ~torch.isfinite(values).reshape(len(values), -1).all(1)
        return Finding(
            text(
                "The data holds numbers that are not finite (NaN or infinite): column “{column}”, {count} of the "
                "{samples} samples of step {step}. Mend these samples or leave them out.",
                column=column,
                count=int(bad.sum()),
                samples=len(values),
                step=step,
            )
        )
    return None


def _in_weights(network: Network, step: int) -> Finding | None:
    for name, weights in network.module.named_parameters():
        if not _finite(weights):
            node, weight = weight_at(network.program, name)
            return Finding(
                text(
                    "{node}: its {weight} grew beyond all bounds in the step before step {step}: "
                    "the learning rate is much too large. Set a smaller one.",
                    node=node,
                    weight=weight,
                    step=step,
                ),
                node,
            )
    return None


def _in_values(network: Network, step: int, batch: Mapping[str, Tensor]) -> Finding | None:
    """In what nodes give, in a loss, or in the gradient on its way back, whichever comes first."""
    seen: dict[str, list[Tensor]] = {}
    module = probed(network, lambda node, value: _see(seen, node, value))
    answers = forward(module, network.columns, batch)
    for node, values in seen.items():
        if not all(map(_finite, values)):
            what = text("{node}: at step {step} it gave numbers that are not finite", node=node, step=step)
            return Finding(_advice(what), node)
    losses = []
    for criterion, answer, target in zip(network.criteria, answers, network.targets(batch), strict=True):
        losses.append(loss_of(criterion, answer, fitted_target(criterion, answer, target)))
        if not _finite(losses[-1]):
            node = criterion.node
            return Finding(_advice(text("{node}: at step {step} its loss was not finite", node=node, step=step)), node)
    torch.autograd.backward(total_loss(network.criteria, losses))
    return _in_gradient(network, step, seen, dict(module.named_parameters()))


def _in_gradient(
    network: Network, step: int, seen: Mapping[str, list[Tensor]], parameters: Mapping[str, Tensor]
) -> Finding | None:
    """The node, from the output back, that made a sound gradient unsound."""
    owned: defaultdict[str, list[Tensor | None]] = defaultdict(list)
    for name, weights in parameters.items():
        owned[weight_at(network.program, name)[0]].append(weights.grad)
    for node, within, place in reversed(list(all_steps(network.program))):
        if place.instance:
            continue  # the nodes inside are looked at one by one
        before = [value.grad for source in place.sources() for value in seen.get(f"{within}{source.node}", ())]
        if not all(gradient is None or _finite(gradient) for gradient in (*owned[node], *before)):
            what = text("{node}: at step {step} the gradient through it was not finite", node=node, step=step)
            return Finding(_advice(what), node)
    return None


def _see(seen: dict[str, list[Tensor]], node: str, value: object) -> object:
    """Keeps what a node gives, and its gradient when that comes by."""
    values = [v for v in (value if isinstance(value, tuple) else (value,)) if isinstance(v, Tensor)]
    for one in values:
        if one.requires_grad:
            one.retain_grad()
    seen[node] = values
    return value


def _finite(values: Tensor) -> bool:
    return bool(torch.isfinite(values).all()) if values.is_floating_point() else True


def _advice(what: Text) -> Text:
    return text(
        "{what} (NaN or infinite). Set a smaller learning rate, or normalise the values before it.",
        what=what,
    )
