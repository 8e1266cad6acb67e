"""How much memory this process may still take. No torch."""

import ctypes
import os
import sys
from pathlib import Path


def free_memory() -> int:
    """Bytes that this process may still take: what the machine has free, or what its container still allows."""
    return min(_free_of_machine(), _left_in_container())


def bytes_text(count: int) -> str:
    """3.2 GB, as people write sizes (powers of 1000); astronomical ones in powers of ten."""
    size = float(count)
    for unit in ("bytes", "KB", "MB", "GB", "TB", "PB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.2g} EB"


def _free_of_machine() -> int:
    if sys.platform == "win32":
        return _free_on_windows()
    meminfo = Path("/proc/meminfo")
    if meminfo.is_file():
        for line in meminfo.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    # macOS does not say what it could free; all of its memory is the bound that it certainly keeps
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def _left_in_container() -> int:
    """What a control group (version 2, then 1) leaves to this process; page cache can be given up."""
    for limit, used, stat, cache in (
        ("memory.max", "memory.current", "memory.stat", "inactive_file"),
        (
            "memory/memory.limit_in_bytes",
            "memory/memory.usage_in_bytes",
            "memory/memory.stat",
            "total_inactive_file",
        ),
    ):
        folder = Path("/sys/fs/cgroup")
        try:
            most = (folder / limit).read_text().strip()
            if most == "max":
                continue
            cached = dict(line.split() for line in (folder / stat).read_text().splitlines()).get(cache, "0")
            return max(0, int(most) - int((folder / used).read_text()) + int(cached))
        except (OSError, ValueError):
            continue
    return sys.maxsize


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = [
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        *((name, ctypes.c_ulonglong) for name in ("total", "free", "page", "page_free", "virtual", "virtual_free")),
        ("extended", ctypes.c_ulonglong),
    ]


def _free_on_windows() -> int:
    status = _MemoryStatus()
    status.length = ctypes.sizeof(status)
    windows = getattr(ctypes, "windll", None)
    if windows is None or not windows.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return sys.maxsize
    return int(status.free)
