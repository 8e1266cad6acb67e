"""What whoever starts a training process puts into its environment, so that it trains as fast as it can. No torch."""

import os
import sys
from collections.abc import Mapping

# glibc takes fresh pages from the system for every activation of some MB and gives them back after the step, unless
# told to keep them: for a small CNN that is nearly half of a step. Read once, when the process starts.
KEEP_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(4 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(8 << 30),
    "MALLOC_TOP_PAD_": str(64 << 20),
}


def worker_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables to add for a process that trains; what a person has set already stays."""
    wanted = dict(KEEP_MEMORY) if sys.platform.startswith("linux") else {}
    return {name: value for name, value in wanted.items() if name not in environment}
