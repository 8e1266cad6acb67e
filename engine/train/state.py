"""A module's and an optimizer's state as tensors by name, and back, with each parameter's memory layout kept."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.optim import Optimizer


def weights_of(module: nn.Module) -> dict[str, Tensor]:
    """The module's parameters and buffers."""
    return dict(module.state_dict())


def optimizer_state(module: nn.Module, optimizer: Optimizer) -> dict[str, Tensor]:
    """The optimizer's tensors under `<parameter>/<key>`."""
    return {
        f"{name}/{key}": value
        for name, parameter in module.named_parameters()
        for key, value in optimizer.state.get(parameter, {}).items()
        if isinstance(value, Tensor)
    }


def restore_optimizer(module: nn.Module, optimizer: Optimizer, tensors: Mapping[str, Tensor]) -> None:
    """The inverse of optimizer_state.

    A tensor of the parameter's shape gets its strides: fused kernels go through both side by side in memory.
    """
    parameters = dict(module.named_parameters())
    for key, saved in tensors.items():
        name, _, field = key.rpartition("/")
        parameter = parameters[name]
        optimizer.state[parameter][field] = _like(parameter, saved, optimizer)


def _like(parameter: Tensor, saved: Tensor, optimizer: Optimizer) -> Tensor:
    if saved.shape == parameter.shape and saved.dim():
        return torch.empty_like(parameter, requires_grad=False).copy_(saved)
    # a step counter: beside the weights where the kernel that counts it is fused, else on the CPU
    return saved.to(parameter.device if optimizer.defaults.get("fused") else "cpu", copy=True)
