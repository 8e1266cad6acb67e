"""The optimizer of a recipe, in the fastest form that torch has for the device."""

from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer

from engine.project import recipe

FUSED_DEVICES = {"cpu", "cuda"}


def make_optimizer(chosen: recipe.Optimizer, module: torch.nn.Module, device: torch.device) -> Optimizer:
    """The recipe's optimizer over the module's parameters.

    Fused (one pass over all weights, and able to leave a step out when told by a flag on the device) where torch has
    it; RMSprop has no fused form and takes torch's choice.
    """
    parameters = list(module.parameters())
    fused = device.type in FUSED_DEVICES
    match chosen:
        case recipe.SGD():
            return torch.optim.SGD(parameters, **_fields(chosen), fused=fused)
        case recipe.AdamW():
            return torch.optim.AdamW(parameters, **_adam_fields(chosen), fused=fused)
        case recipe.Adam():
            return torch.optim.Adam(parameters, **_adam_fields(chosen), fused=fused)
        case recipe.RMSprop():
            return torch.optim.RMSprop(parameters, **_fields(chosen))


def state_copies(chosen: recipe.Optimizer) -> int:
    """How many numbers are kept for each weight in training: itself, its gradient, and the optimizer's state."""
    match chosen:
        case recipe.SGD():
            return 2 + bool(chosen.momentum)
        case recipe.Adam():
            return 4 + chosen.amsgrad
        case recipe.RMSprop():
            return 3 + bool(chosen.momentum) + chosen.centered


class NoStep:
    """Leaves out the optimizer's step when a gradient is not finite, without asking the device.

    `found` is 1.0 from the first such step on, and stays: every later step is left out too, so the weights stay as
    they were before it. `left_out` counts these steps; it is read with the metrics.
    """

    def __init__(self, optimizer: Optimizer, device: torch.device) -> None:
        self._optimizer = optimizer
        self.found = torch.zeros((), device=device)
        self.left_out = torch.zeros((), device=device)
        self._one = torch.ones((), device=device)
        self._fused = bool(optimizer.defaults.get("fused"))
        self._parameters = [p for group in optimizer.param_groups for p in group["params"]]
        if self._fused:
            optimizer.found_inf = self.found  # type: ignore[attr-defined]

    def step(self, loss: Tensor) -> None:
        """The optimizer's step, or nothing."""
        gradients = [p.grad for p in self._parameters if p.grad is not None]
        # What GradScaler uses: one pass over all gradients that raises the flag; times one changes none of them.
        torch._amp_foreach_non_finite_check_and_unscale_([loss.detach(), *gradients], self.found, self._one)
        self.left_out.add_(self.found)
        if self._fused:
            self._optimizer.step()
        elif self.found.device.type == "cpu":  # reading costs nothing here
            if not self.found.item():
                self._optimizer.step()
        else:
            torch._foreach_copy_(gradients, [torch.where(self.found > 0, 0.0, gradient) for gradient in gradients])
            self._optimizer.step()


def _fields(chosen: recipe.SGD | recipe.RMSprop) -> dict[str, Any]:
    return {name: getattr(chosen, name) for name in chosen.__struct_fields__}


def _adam_fields(chosen: recipe.Adam) -> dict[str, Any]:
    fields = {name: getattr(chosen, name) for name in chosen.__struct_fields__}
    return {"betas": (fields.pop("beta1"), fields.pop("beta2")), **fields}
