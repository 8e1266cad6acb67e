"""First-use set-up: the environment in `.venv`, Qt's system libraries, a virtual display. Standard library only.

`ready(extras)` does nothing where everything stands already, which a stamp in `.venv` tells.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
LOWEST = (3, 11)
STAMP = "ready-"

# Debian's packages that the libraries of PySide6-Essentials ask for, a font to write with, and the virtual display.
QT_PACKAGES = """
    libegl1 libgl1 libopengl0 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 fontconfig fonts-dejavu-core
    libxkbcommon0 libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
    libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1
""".split()
DISPLAY_PACKAGES = ["xvfb", "xauth"]
TRACE_PACKAGES = ["strace"]


class SetUpError(Exception):
    """What stands in the way, in a sentence that says what to do."""


def ready(extras: Sequence[str] = (), display: bool = False) -> Path:
    """The environment's Python, after making all that is missing. `display`: a virtual display is wanted too."""
    if sys.version_info < LOWEST:
        raise SetUpError(f"Tensorloom needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    wanted = {*extras, "gpu" if has_nvidia_driver() else "cpu"}
    if not stands(wanted):
        make_environment()
        install(sorted(wanted))
        system_libraries()
        (VENV / f"{STAMP}{'-'.join(sorted(wanted))}").write_text(fingerprint())
    if display and sys.platform.startswith("linux") and not shutil.which("Xvfb"):
        install_packages(DISPLAY_PACKAGES, "a virtual display")
    if "dev" in extras and sys.platform.startswith("linux") and not shutil.which("strace"):
        install_packages(TRACE_PACKAGES, "making system calls fail in tests")
    return PYTHON


def has_nvidia_driver() -> bool:
    """Whether an NVIDIA driver is loaded: its control program is there and lists a GPU."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return False
    listed = subprocess.run([program, "-L"], capture_output=True, text=True, check=False)
    return listed.returncode == 0 and "GPU" in listed.stdout


def stands(extras: set[str]) -> bool:
    """Whether an environment with these extras, and maybe more, was made from the files as they are now."""
    if not PYTHON.exists():
        return False
    mark = fingerprint()
    return any(
        extras <= set(stamp.name.removeprefix(STAMP).split("-")) and stamp.read_text() == mark
        for stamp in VENV.glob(f"{STAMP}*")
    )


def fingerprint() -> str:
    """What the environment was made from; another value means that it is to be brought up to date."""
    parts = [(ROOT / "pyproject.toml").read_bytes(), CONSTRAINTS.read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join([*parts, sys.version.encode()])).hexdigest()


def make_environment() -> None:
    """An empty environment, where there is none that runs."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0
    ):
        return
    say("Making .venv …")
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    except (subprocess.CalledProcessError, OSError) as error:
        version = ".".join(map(str, sys.version_info[:2]))
        raise SetUpError(
            f"Python could not make an environment in {VENV} ({error}). "
            f"On Debian and Ubuntu, `apt-get install python{version}-venv` brings what it needs."
        ) from error


def install(extras: Sequence[str]) -> None:
    """The program, linked to this folder, with everything it needs, in the versions of the constraints file."""
    other = "onnxruntime" if "gpu" in extras else "onnxruntime-gpu"
    pip("uninstall", "-qq", "--yes", other)  # the two share a module
    say(f"Installing ({', '.join(extras)}): this takes some minutes the first time …")
    target = f"{ROOT}[{','.join(extras)}]"
    if pip("install", "--quiet", "--constraint", str(CONSTRAINTS), "--editable", target):
        raise SetUpError(
            "The packages could not be installed; what pip says is above. "
            "With no network, connect once; with too little disk, 3 GB are needed (10 GB with CUDA). Then start again."
        )


def pip(*arguments: str) -> int:
    """Runs the environment's pip, its output on stderr; gives its exit status."""
    return subprocess.run(
        [PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments], stdout=sys.stderr, check=False
    ).returncode


def system_libraries() -> None:
    """Installs what Qt's libraries ask of a Linux system and do not find."""
    if not sys.platform.startswith("linux"):
        return
    if missing := missing_libraries():
        install_packages(QT_PACKAGES, f"Qt ({', '.join(missing)} missing)")


def missing_libraries() -> list[str]:
    """Shared libraries that Qt's own libraries and display plug-ins ask for and the system lacks."""
    where = "import PySide6, pathlib; print(pathlib.Path(PySide6.__file__).parent)"
    found = subprocess.run([PYTHON, "-c", where], capture_output=True, text=True, check=True)
    qt = Path(found.stdout.strip()) / "Qt"
    libraries = [
        qt / "plugins/platforms/libqxcb.so",
        *(qt / f"lib/libQt6{n}.so.6" for n in ("Gui", "Widgets", "XcbQpa")),
    ]
    listing = subprocess.run(["ldd", *map(str, libraries)], capture_output=True, text=True, check=False).stdout
    return sorted({line.split()[0] for line in listing.splitlines() if "not found" in line})


def install_packages(packages: Sequence[str], purpose: str) -> None:
    """Installs Debian packages where that is allowed, or prints the command that would."""
    command = f"apt-get install --yes --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        say(f"For {purpose}, install what your system calls these packages of Debian: {' '.join(packages)}")
        return
    if os.geteuid() != 0:
        say(f"For {purpose}, run this once, then start again:\n  sudo {command}")
        return
    say(f"Installing system packages for {purpose} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in ("apt-get update", command):
        done = subprocess.run(step.split(), stdout=subprocess.DEVNULL, env=quiet, check=False)
        if done.returncode:
            say(f"`{step}` failed; without it, {purpose} may be missing.")


def say(sentence: str) -> None:
    """A line of progress for the person who waits; stdout is for results."""
    print(sentence, file=sys.stderr, flush=True)
