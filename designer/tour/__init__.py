"""The tour: the real window, driven through the whole job by mouse and key events alone.

It posts input and reads widgets; it never touches document, graph or edits.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from designer.tour.camera import Camera
from designer.tour.script import Broken, Script
from designer.tour.stages import whole_job
from designer.window.app import leave, make_application, make_window
from engine.text import Failure, text, tr

SIZE = (1440, 900)


def run(output: Path, data: str) -> int:
    """Leaves pictures, the project, its run and the ONNX file in `output`; gives 0 where all went well."""
    folder = output.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(text("{folder} cannot be made: {why}.", folder=str(folder), why=str(error.strerror))) from error
    application = make_application()
    # A first start, whatever this user has set: the tour changes nobody's settings.
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder / "settings"))
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    window = make_window(None)
    window.resize(*SIZE)
    window.show()
    script = Script(whole_job(window, Camera(window, folder), folder, data), application)
    script.start()
    application.exec()
    leave(window)
    for path in sorted(folder.glob("*.png")):
        print(path)
    if script.fault is not None:
        sentence = script.fault.text if isinstance(script.fault, Broken) else text("{e}", e=repr(script.fault))
        print(tr("The tour broke off: {why}", why=sentence), file=sys.stderr)
        return 1
    for made in (*folder.glob("*.loom"), *folder.glob("*.runs/*"), *folder.glob("*.onnx")):
        print(made)
    return 0
