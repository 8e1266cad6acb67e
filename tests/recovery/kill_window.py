"""Kills the window at random moments of a random editing session, and again while it recovers; nothing may be lost.

`python -m tests.recovery.kill_window --moments 200` prints how often every edit older than a second was there.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from engine.project.file import load, save
from engine.project.journal.offers import offers
from engine.project.project import Project
from engine.project.starters import make_starter
from tests.recovery.windows import arguments, state_of

ROOT = Path(__file__).parents[2]
SAFE_SECONDS = 1.0
MOST_EDITS = 30
LONGEST_PAUSE = 0.3
AT_ONCE = 3
STAGES = ("shown", "offered", "recovered")


class Entry(NamedTuple):
    """A line of a window's log."""

    at: float
    word: str
    state: str


class Outcome(NamedTuple):
    """What came of one moment: how many edits there were, how much time of work was lost, and why it is wrong.

    `recovery` is how far the recovery had come when it was killed too ("" where nothing was unsaved).
    """

    edits: int
    lost_seconds: float
    fault: str
    recovery: str = ""


class Windows:
    """Windows on demand."""

    def __init__(self) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.recovery.windows"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._turn = threading.Lock()

    def start(self, mode: str, folder: Path, seed: int) -> int:
        """Starts a window, and gives the number of its process."""
        assert self._server.stdin and self._server.stdout
        with self._turn:
            self._server.stdin.write(arguments(mode=mode, folder=str(folder), seed=seed))
            self._server.stdin.flush()
            return int(self._server.stdout.readline())

    def close(self) -> None:
        self._server.communicate()


def kill_once(windows: Windows, folder: Path, seed: int) -> Outcome:
    """Edits, kills, recovers and kills while recovering."""
    dice = random.Random(seed)
    save(make_starter(dice.choice(("mlp", "mnist-cnn", "digits"))), folder / "net.loom")
    log = folder / "edit.log"
    edits, pause = dice.randrange(MOST_EDITS), dice.uniform(0, LONGEST_PAUSE)
    killed = _kill(windows.start("edit", folder, seed), log, lambda found: _edits(found) > edits, pause)
    entries = _entries(log)
    found = state_of(_left(folder))
    if any(entry.word == "fault" for entry in entries):
        return Outcome(0, 0.0, "the session met a fault; what it says is above")
    outcome = _judge(entries, found, killed)
    if outcome.fault or not _offered(folder):
        return outcome
    log = folder / "recover.log"
    stage, pause = dice.choice(STAGES), dice.uniform(0, LONGEST_PAUSE) ** 2
    _kill(windows.start("recover", folder, seed), log, lambda found: any(entry.word == stage for entry in found), pause)
    fault = "" if state_of(_left(folder)) == found else "a kill while recovering lost work"
    return outcome._replace(fault=fault, recovery=_entries(log)[-1].word)


def _judge(entries: list[Entry], found: str, killed: float) -> Outcome:
    """Whether what was found is a state that was, and has all that was done a second before the end."""
    edits = [entry for entry in entries if entry.word in ("began", "edited", "saved")]
    if found not in {entry.state for entry in entries}:
        return Outcome(len(edits), 0.0, "what was recovered never was")
    seen = max((place for place, entry in enumerate(edits) if entry.state == found), default=len(edits) - 1)
    lost = [entry.at for entry in edits[seen + 1 :] if entry.state != found]
    seconds = killed - lost[0] if lost else 0.0
    fault = f"edits of the last {seconds:.2f} s are lost" if seconds > SAFE_SECONDS else ""
    return Outcome(len(edits), seconds, fault)


def _left(folder: Path) -> Project:
    """What a person has after the crash: the unsaved work that is offered, or else the file."""
    offered = _offered(folder)
    return offered[0] if offered else load(folder / "net.loom")


def _offered(folder: Path) -> list[Project]:
    found = offers(places=[folder / "tensorloom" / "journals"])
    assert not any(offer.found.damage for offer in found), [offer.found.damage for offer in found]
    return [offer.found.best for offer in found if offer.found.best is not None]


def _edits(entries: list[Entry]) -> int:
    return sum(entry.word in ("began", "edited", "saved", "fault") for entry in entries)


def _kill(process: int, log: Path, ready: Callable[[list[Entry]], bool], seconds: float) -> float:
    """Kills a process some time after its log shows that it is ready; gives the moment."""
    try:
        if not _wait(lambda: log.exists() and bool(found := _entries(log)) and ready(found)):
            last = _entries(log)[-1:] if log.exists() else []
            raise TimeoutError(f"a window did not come to where it was to be killed; the last of its log is {last}")
        time.sleep(seconds)
    finally:
        at = time.monotonic()
        os.kill(process, signal.SIGKILL)
    _wait(lambda: not _lives(process))
    return at


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _wait(true: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Waits until it is true; False where it is not after this time."""
    until = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < until:
        time.sleep(0.01)
    return found


def _entries(log: Path) -> list[Entry]:
    """The whole lines of a log."""
    lines = log.read_text().split("\n")[:-1]
    return [Entry(float(at), word, state) for at, word, state in (line.split(" ") for line in lines)]


def kill_often(moments: int, seed: int, folder: Path, tell: Callable[[int, Outcome], None]) -> list[Outcome]:
    """Kills at so many moments, a few windows at a time."""
    windows = Windows()

    def once(number: int) -> Outcome:
        own = folder / str(number)
        own.mkdir()
        time.sleep(0.05 * (number % AT_ONCE))
        try:
            outcome = kill_once(windows, own, seed + number)
        except TimeoutError as error:
            outcome = Outcome(0, 0.0, str(error))
        tell(number, outcome)
        return outcome

    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(once, range(moments)))
    finally:
        windows.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()

    done: list[Outcome] = []

    def tell(number: int, outcome: Outcome) -> None:
        done.append(outcome)
        if outcome.fault:
            print(f"seed {given.seed + number}: {outcome.fault}", flush=True)
        elif len(done) % 20 == 0:
            print(f"{len(done)} of {given.moments} …", file=sys.stderr, flush=True)

    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = kill_often(given.moments, given.seed, Path(folder), tell)
    sound = sum(not outcome.fault for outcome in outcomes)
    worst = max(outcome.lost_seconds for outcome in outcomes)
    edits = sum(outcome.edits for outcome in outcomes)
    stages = ", ".join(f"{count} {stage or 'saved'}" for stage, count in Counter(o.recovery for o in outcomes).items())
    print(
        f"{sound} of {len(outcomes)} kills lost nothing older than {SAFE_SECONDS:g} s; {edits} edits, "
        f"the most that was lost {worst:.2f} s of work; "
        f"killed again at: {stages}; {time.monotonic() - start:.0f} s"
    )
    return 0 if sound == len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
