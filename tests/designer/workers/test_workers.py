"""Jobs in real child processes that speak the protocol: events, ends, deaths, and nothing left behind."""

import os
import signal
import sys
from pathlib import Path
from time import monotonic, thread_time

import pytest

from designer.workers import Workers, worker_command
from engine.messages import Began, Done, Failed, Look, Looked, Note, Predict, Ready, Step, Train
from engine.text import say

STAND_IN = [sys.executable, str(Path(__file__).with_name("stand_in.py"))]


@pytest.fixture
def workers(qtbot):
    workers = Workers(command=STAND_IN)
    yield workers
    workers.close()


def train(name="endless"):
    return Train(project="{}", runs="/runs", name=name)


def events_of(job):
    seen = []
    job.happened.connect(seen.append)
    return seen


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_job_tells_its_events_and_its_end(workers, qtbot):
    job = workers.start(train("quick"))
    seen = events_of(job)
    with qtbot.waitSignal(job.ended, timeout=10_000) as end:
        pass
    assert [type(event) for event in seen] == [Began, Step]
    assert isinstance(end.args[0], Done)
    assert end.args[0].metrics == {"loss": 0.5}
    assert not job.running


def test_stop_ends_a_job_with_what_it_has(workers, qtbot):
    job = workers.start(train())
    qtbot.waitSignal(job.happened, timeout=10_000).wait()
    with qtbot.waitSignal(job.ended, timeout=10_000) as end:
        job.stop()
    assert end.args[0].stopped


def test_a_killed_training_is_told_within_a_second_and_names_the_run(workers, qtbot):
    job = workers.start(train())
    qtbot.waitUntil(lambda: job.run != "", timeout=10_000)
    start = monotonic()
    with qtbot.waitSignal(job.ended, timeout=1000) as end:
        os.kill(job.pid, signal.SIGKILL)
    assert monotonic() - start < 1
    assert isinstance(end.args[0], Failed)
    assert say(end.args[0].text) == (
        "The training process ended unexpectedly (killed by signal 9). Your network is safe; "
        "the last checkpoint of run 2026-11-21-run is kept. Where memory ran out, a smaller batch size helps."
    )


def test_after_a_death_the_next_job_works(workers, qtbot):
    job = workers.start(train())
    qtbot.waitUntil(lambda: job.run != "", timeout=10_000)
    with qtbot.waitSignal(job.ended, timeout=1000):
        os.kill(job.pid, signal.SIGKILL)
    with qtbot.waitSignal(workers.start(Look(data="x", folder="")).ended, timeout=10_000) as end:
        pass
    assert isinstance(end.args[0], Looked)


def test_who_does_not_answer_a_stop_is_killed(workers, qtbot, monkeypatch):
    monkeypatch.setattr("designer.workers.TRAINING_GRACE_MS", 50)
    job = workers.start(train("deaf"))
    qtbot.waitUntil(lambda: job.run != "", timeout=10_000)
    with qtbot.waitSignal(job.ended, timeout=5000) as end:
        job.stop()
    assert "did not answer" in say(end.args[0].text)


def test_jobs_do_not_wait_for_each_other(workers, qtbot):
    training = workers.start(train())
    qtbot.waitUntil(lambda: training.run != "", timeout=10_000)
    with qtbot.waitSignal(workers.start(Look(data="x", folder="")).ended, timeout=10_000):
        pass
    assert training.running


def test_an_idle_worker_is_used_again(workers, qtbot):
    first = workers.start(train("quick"))
    pid = first.pid
    with qtbot.waitSignal(first.ended, timeout=10_000):
        pass
    second = workers.start(train("quick"))
    with qtbot.waitSignal(second.ended, timeout=10_000):
        assert second.pid == pid


def test_a_warmed_worker_takes_the_next_training(workers, qtbot):
    with qtbot.waitSignal(workers.ready, timeout=10_000) as ready:
        workers.warm()
    assert isinstance(ready.args[0], Ready)
    workers.warm()
    job = workers.start(train("quick"))
    with qtbot.waitSignal(job.ended, timeout=10_000):
        pass
    assert len(workers.findChildren(type(job._process))) == 1


def test_a_flood_of_steps_is_merged_and_never_stalls_the_window(workers, qtbot):
    job = workers.start(train("flood"))
    seen, longest, last = events_of(job), 0.0, thread_time()
    while job.running:
        qtbot.wait(1)
        longest, last = max(longest, thread_time() - last), thread_time()
        assert len(seen) < 20_000
    steps = [event for event in seen if isinstance(event, Step)]
    assert steps[-1].step == 20_000
    assert len(steps) < 2_000
    assert longest < 0.25  # of this thread's own work, whatever else the machine does


def test_what_is_no_message_goes_to_the_log_and_hurts_nothing(workers, qtbot):
    job = workers.start(train("noise"))
    seen = events_of(job)
    with qtbot.waitSignal(job.ended, timeout=10_000):
        pass
    assert [say(event.text) for event in seen if isinstance(event, Note)] == ["still here"]
    qtbot.waitUntil(lambda: "a line for the log" in workers.lines, timeout=5000)
    assert "this is no message" in workers.lines


def test_a_line_without_end_ends_the_worker_and_the_job(workers, qtbot):
    job = workers.start(Predict(model="m", input="huge"))
    with qtbot.waitSignal(job.ended, timeout=10_000) as end:
        pass
    assert isinstance(end.args[0], Failed)


def test_a_program_that_is_not_there_fails_the_job(qtbot):
    workers = Workers(command=["/nowhere/python"])
    job = workers.start(train())
    with qtbot.waitSignal(job.ended, timeout=5000) as end:
        pass
    assert "could not start" in say(end.args[0].text)
    workers.close()


def test_closing_ends_the_input_and_leaves_no_process(qtbot):
    workers = Workers(command=STAND_IN)
    job = workers.start(train())
    qtbot.waitUntil(lambda: job.run != "", timeout=10_000)
    pid = job.pid
    workers.close()
    assert gone(pid)
    assert "input ended" in workers.lines


def test_closing_does_not_wait_for_a_worker_that_has_nothing_to_do(qtbot):
    """One that imports torch does not hear that its input ended: the window would take seconds to go."""
    workers = Workers(command=[sys.executable, "-c", "import time; time.sleep(100)"])
    workers.warm()
    (idle,) = workers._idle
    qtbot.waitUntil(lambda: idle.pid > 0, timeout=10_000)
    pid, start = idle.pid, monotonic()
    workers.close()
    assert gone(pid) and monotonic() - start < 9


def test_a_frozen_build_starts_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == [sys.executable, "worker"]
