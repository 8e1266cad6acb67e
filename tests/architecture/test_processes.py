"""What a fresh process loads, and what the Qt binding does to it."""

import subprocess
import sys

HEAVY = {"torch", "onnx", "onnxruntime", "h5py", "sklearn", "safetensors"}


def loaded_after(code: str) -> set[str]:
    """The top-level modules that a fresh process has loaded after running the code."""
    script = f"{code}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_window_loads_no_torch() -> None:
    found = loaded_after("import designer.main, designer.window.main_window")
    assert "PySide6" in found
    assert not found & HEAVY


def test_the_torch_free_engine_loads_no_torch() -> None:
    parts = "check.checker, engine.project.file, engine.messages, engine.lower.printer, engine.train.runs"
    found = loaded_after(f"import engine.{parts}\nfrom engine.layers import catalogue\ncatalogue()")
    assert not found & (HEAVY | {"PySide6"})


def test_the_command_line_loads_no_qt() -> None:
    quietly = "import io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()):\n"
    found = loaded_after(f"from designer.main import main\n{quietly}    main(['layers'])")
    assert "click" in found
    assert "PySide6" not in found


def test_qt_calls_lose_no_reference_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 lost one in nearly every call and so aborted the process."""
    code = (
        "import sys\nfrom PySide6.QtCore import QObject\nobject = QObject()\nbefore = sys.getrefcount(None)\n"
        "for _ in range(10_000): object.setObjectName('x'); object.parent(); object.blockSignals(False)\n"
        "print(sys.getrefcount(None) - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) > -1_000
