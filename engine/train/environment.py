"""What a run ran on: versions, system, threads, device. Where all of it is the same, a seed gives the same bits."""

import os
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec
import torch

import engine
from engine.files import write_whole, writing
from engine.train.devices import device_name
from engine.train.runs import ENVIRONMENT

PACKAGES = ("torch", "numpy", "msgspec", "safetensors", "torchmetrics", "onnx", "onnxruntime")
VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "CUDA_VISIBLE_DEVICES", "CUBLAS_WORKSPACE_CONFIG")


def describe(device: torch.device, seed: int, tuned: dict[str, Any]) -> dict[str, Any]:
    """The environment as plain values. `tuned`: the settings that the engine chose for speed."""
    return {
        "tensorloom": engine.__version__,
        "python": sys.version,
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "packages": {name: version for name in PACKAGES if (version := _version(name))},
        "device": str(device),
        "device_name": device_name(device),
        "cuda": torch.version.cuda,
        "cudnn": _cudnn() if device.type == "cuda" else None,
        "threads": torch.get_num_threads(),
        "seed": seed,
        "tuned": tuned,
        "variables": {
            name: value for name, value in os.environ.items() if name in VARIABLES or name.startswith("MALLOC_")
        },
    }


def write_environment(folder: Path, environment: dict[str, Any]) -> None:
    """Writes environment.json. Raises Failure."""
    with writing(folder):
        write_whole(folder / ENVIRONMENT, msgspec.json.format(msgspec.json.encode(environment), indent=2) + b"\n")


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _cudnn() -> int | None:
    version: int | None = torch.backends.cudnn.version()  # type: ignore[no-untyped-call]
    return version
