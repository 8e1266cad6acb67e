"""Training: from a project to a run folder with what was learned."""

from collections.abc import Callable, Mapping
from pathlib import Path

from engine.messages import Done, Event, Failed
from engine.project.project import Project
from engine.text import Failure
from engine.train.failures import as_failure, node_at
from engine.train.keeping import open_run
from engine.train.progress import Progress
from engine.train.resuming import Start, resumed
from engine.train.session import prepare, settled

Emit = Callable[[Event], None]
Stopped = Callable[[], bool]


def train(
    project: Project,
    runs: Path,
    emit: Emit,
    stopped: Stopped = lambda: False,
    *,
    name: str = "run",
    data: str = "",
    settings: Mapping[str, str] = {},
    resume: Path | None = None,
) -> Done | Failed:
    """Trains a project in a new run below `runs`, or goes on with the run `resume` (with the project of that run).

    `emit` is given every event, the last one (Done or Failed) too, which is also returned. `stopped` is asked before
    every step; when it says so, what was learned is kept in a checkpoint and the training is done.
    """
    last: Done | Failed
    try:
        start = resumed(resume, settings, emit) if resume else Start(settled(project, data, settings))
        session = prepare(start.project, emit, stopped)
        if start.checkpoint:
            session.restore(start.checkpoint)
        with open_run(session, runs, name, start, emit) as run:
            try:
                last = Progress(session, run, start.standing, stopped).to_the_end()
            except Exception as error:
                failure = as_failure(error, session.network, session.recipe.batch_size)
                node = node_at(failure)
                last = Failed(text=run.fail(failure, node), node=node, run=str(run.folder))
    except Failure as failure:
        last = Failed(text=failure.text, node=node_at(failure))
    emit(last)
    return last
