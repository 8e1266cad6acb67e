"""Which device computes, what it is called, and how much memory it has free."""

import os
import platform

import torch

from engine.memory import free_memory
from engine.text import Failure, Text, text


def choose_device(wanted: str) -> torch.device:
    """The device for "auto", "cpu" or "cuda". Raises Failure where CUDA is asked for and is not there."""
    if wanted == "cpu" or (wanted == "auto" and not torch.cuda.is_available()):
        return torch.device("cpu")
    if not torch.cuda.is_available():
        raise Failure(
            text(
                "The recipe asks for a CUDA GPU; {reason}. Set device to auto or cpu, or mend that.",
                reason=_why_no_cuda(),
            )
        )
    return torch.device("cuda", torch.cuda.current_device())


def device_name(device: torch.device) -> str:
    """What people call it: "CPU · 2 cores", "NVIDIA H200"."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return f"CPU · {torch.get_num_threads()} cores"


def free_on(device: torch.device) -> int:
    """Free bytes on the device."""
    return int(torch.cuda.mem_get_info(device)[0]) if device.type == "cuda" else free_memory()


def use_all_cores() -> None:
    """Lets torch compute on every core that this process may use, unless the environment says how many."""
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(available_cores())


def available_cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _why_no_cuda() -> Text:
    if torch.version.cuda is None:
        return text("this torch ({version}, {system}) is built without it", **_versions())
    return text("torch {version} finds no GPU or no driver on this {system} machine", **_versions())


def _versions() -> dict[str, str]:
    return {"version": torch.__version__, "system": platform.system()}
