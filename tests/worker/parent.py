"""A parent that trains in a worker, as the window does, until it is killed: prints the worker's number and its run."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from designer.workers import Workers
from engine.messages import Began, Event, Step, Train

application = QCoreApplication(sys.argv)
workers = Workers()
project, runs = Path(sys.argv[1]).read_text(), sys.argv[2]
job = workers.start(Train(project=project, runs=runs, settings={"epochs": "100000"}))


def happened(event: Event) -> None:
    if isinstance(event, Began):
        print(job.pid, event.run, flush=True)
    elif isinstance(event, Step):
        print("step", flush=True)


job.happened.connect(happened)
sys.exit(application.exec())
