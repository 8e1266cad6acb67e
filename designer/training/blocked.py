"""Why a training cannot begin: said beside every button that would begin one."""

from designer.document import Document
from engine.project.settings import contradictions
from engine.text import Text, text


def why_blocked(document: Document, training: bool) -> Text | None:
    """Why no training can begin now; None where it can. `training`: one is running."""
    if training:
        return text("A run is being trained. Stop it first, or wait for its end.")
    if not document.project.graph.nodes:
        return text("The network is empty. Drag layers onto the canvas first.")
    if errors := [problem for problem in document.network_report.problems if problem.severity == "error"]:
        if len(errors) == 1:
            return text("First solve this problem: {problem}", problem=errors[0].text)
        return text("First solve {count} problems: {problem}", count=len(errors), problem=errors[0].text)
    if wrong := contradictions(document.project.recipe):
        return wrong[0].text
    if not document.project.data.source:
        return text("There is no data. Choose some in the Data workspace.")
    return None
