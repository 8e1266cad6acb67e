"""What `./test` does: sets up where needed, then runs every check and test, and says what failed.

With arguments, runs the named steps alone: `./test lint types`. Standard library only.
"""

import os
import shutil
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import first_use
from virtual_display import virtual_display

ROOT = first_use.ROOT

# Training beside training slows both tenfold on few cores, so only what does not train runs in parallel.
QUICK = "not trains and not screen"
STEPS: dict[str, list[str]] = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "imports": ["importlinter.cli", "lint_imports"],
    "quick": ["pytest", "-p", "no:randomly", "-m", QUICK, "-n", "2", "--dist", "loadfile", "-q"],
    "training": ["pytest", "-m", "trains and not screen", "-p", "no:randomly", "-q"],
    "screen": ["pytest", "-m", "screen", "-p", "no:randomly", "-q"],
}


def main(names: list[str]) -> int:
    """Runs the steps; 0 where all passed."""
    if unknown := set(names) - STEPS.keys():
        first_use.say(f"There is no step {', '.join(sorted(unknown))}; the steps are {', '.join(STEPS)}.")
        return 2
    try:
        python = first_use.ready(("dev",), display=True)
    except first_use.SetUpError as error:
        first_use.say(str(error))
        return 1
    failed = [name for name in names or STEPS if not passes(python, name)]
    if failed:
        first_use.say(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def passes(python: Path, name: str) -> bool:
    """Runs one step with its output shown."""
    first_use.say(f"── {name}")
    if name == "screen" and sys.platform.startswith("linux") and not shutil.which("Xvfb"):
        first_use.say("── screen: failed: it needs a virtual display (`apt-get install xvfb`), and there is none.")
        return False
    start = time.monotonic()
    screen = virtual_display() if name == "screen" else nullcontext({"QT_QPA_PLATFORM": "offscreen"})
    with screen as where:
        env = {**os.environ, **where}
        status = subprocess.run(command(python, name), cwd=ROOT, env=env, check=False).returncode
    first_use.say(f"── {name}: {'passed' if status == 0 else 'failed'} in {time.monotonic() - start:.0f} s")
    return status == 0


def command(python: Path, name: str) -> list[str]:
    """The step's command line; import-linter has no module to run."""
    module, *arguments = STEPS[name]
    if module == "importlinter.cli":
        return [str(python), "-c", "from importlinter.cli import lint_imports_command as main; main()"]
    return [str(python), "-m", module, *arguments]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
