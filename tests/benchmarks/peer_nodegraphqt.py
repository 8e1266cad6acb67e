"""NodeGraphQt with 1,000 nodes in a chain: building, panning, undo of a delete. Runs in an environment of its own."""

import json
import statistics
import time

from NodeGraphQt import BaseNode, NodeGraph  # type: ignore[import-not-found]
from PySide6.QtWidgets import QApplication

NODES, ROWS = 1_000, 40


class Card(BaseNode):  # type: ignore[misc]
    __identifier__ = "benchmark"
    NODE_NAME = "card"

    def __init__(self) -> None:
        super().__init__()
        self.add_input("in")
        self.add_output("out")


def main() -> None:
    application = QApplication([])
    graph = NodeGraph()
    graph.register_node(Card)
    viewer = graph.viewer()
    viewer.resize(900, 700)
    viewer.show()
    application.processEvents()
    began = time.perf_counter()
    nodes = []
    for number in range(NODES):
        place = [number // ROWS * 240, number % ROWS * 96]
        nodes.append(graph.create_node("benchmark.Card", name=f"n{number}", pos=place, selected=False))
        if number:
            nodes[-2].set_output(0, nodes[-1].input(0))
    application.processEvents()
    viewer.viewport().repaint()
    build = time.perf_counter() - began
    graph.fit_to_selection()
    frames = []
    for number in range(40):
        began = time.perf_counter()
        viewer._set_viewer_pan(11 if number < 20 else -11, 7)
        viewer.viewport().repaint()
        application.processEvents()
        frames.append((time.perf_counter() - began) * 1e3)
    graph.delete_nodes(nodes[: NODES // 2])
    application.processEvents()
    began = time.perf_counter()
    graph.undo_stack().undo()
    undo = time.perf_counter() - began
    print(json.dumps({"build": build * 1e3, "pan": statistics.median(frames), "undo": undo * 1e3}), flush=True)


if __name__ == "__main__":
    main()
