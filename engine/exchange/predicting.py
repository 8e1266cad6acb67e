"""A network as it predicts."""

import copy

import torch
from torch import nn


def as_predicting(module: nn.Module) -> nn.Module:
    """A copy of the module as it predicts: on the CPU, fp32, in eval mode, weights laid out plainly."""
    module = copy.deepcopy(module).to("cpu", torch.float32)
    for weight in (*module.parameters(), *module.buffers()):
        weight.data = weight.data.contiguous()
    return module.eval()
