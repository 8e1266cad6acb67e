"""A worker whose window is gone keeps what was learned, ends by itself, and its run can be taken up again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.lock import locked
from engine.messages import Began, Done, Epoch, Failed, Train
from engine.project import starters
from engine.project.file import save
from engine.train.runs import read_run, summary
from tests.worker.conftest import Worker

ROOT = Path(__file__).parents[2]


def wait_until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come true"
        time.sleep(0.05)


def is_there(process: int) -> bool:
    """Whether a process is there, also as a zombie."""
    return Path(f"/proc/{process}").exists()


@pytest.mark.trains
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked at in /proc")
def test_a_worker_outlives_its_killed_window_by_a_checkpoint_alone(
    start_worker: Callable[[], Worker], tmp_path: Path
) -> None:
    save(starters.make_starter("digits"), tmp_path / "net.loom")
    command = [sys.executable, "-m", "tests.worker.parent", str(tmp_path / "net.loom"), str(tmp_path / "runs")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        process, _, run = parent.stdout.readline().strip().partition(" ")
        assert parent.stdout.readline().strip() == "step"
        parent.send_signal(signal.SIGKILL)
    folder, worker = Path(run), int(process)
    assert locked(folder) or read_run(folder).state == "stopped"
    wait_until(lambda: not is_there(worker))
    left = read_run(folder)
    assert left.state == "stopped" and left.sentence is None
    assert "last" in summary(folder).checkpoints

    second = start_worker()
    epochs = str(left.epochs_done + 1)
    second.send(Train(job=1, project="", runs=str(tmp_path), resume=run, settings={"epochs": epochs}))
    assert second.until(Began).run == run
    assert second.until(Epoch).epoch == left.epochs_done + 1
    done = second.until((Done, Failed))
    assert isinstance(done, Done) and read_run(folder).state == "done"


def test_a_job_that_does_not_stop_ends_with_the_process(tmp_path: Path) -> None:
    script = (
        "import sys, time, engine.jobs\n"
        "def stuck(request, emit, stopped):\n"
        "    print('stuck', file=sys.stderr, flush=True); time.sleep(600)\n"
        "engine.jobs.run_job = stuck\nimport engine.worker\n"
        "engine.worker.LINGER_SECONDS = 0.2\nsys.exit(engine.worker.main())"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", script], env=environment, cwd=tmp_path, **pipes) as process:  # type: ignore[call-overload]
        process.stdin.write(b'{"request":"warm","job":5}\n')
        process.stdin.flush()
        assert process.stderr.readline() == b"stuck\n"
        process.stdin.close()
        assert process.wait(30) == 1
