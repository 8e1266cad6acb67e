"""The textbook CNN on full MNIST, 2 epochs on the CPU: accuracy of the exported ONNX file on the test images.

usage: python -m tests.benchmarks.mnist_accuracy MNIST_FOLDER [--seeds 0 1 2] [--write]
Trains and exports with the command line, then measures with ONNX Runtime alone: nothing of the engine is imported
here, and the images are read and treated by the file's own metadata. Exits 1 where the median is under 98.3% or a
largest difference to torch is over 1e-4.
"""

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from tests.benchmarks.report import table, write_section

TITLE = "MNIST, 2 epochs on the CPU, measured with ONNX Runtime"
WANTED_ACCURACY = 0.983
WANTED_DIFFERENCE = 1e-4


def idx(path: Path) -> np.ndarray:
    """An IDX file of unsigned bytes; format: yann.lecun.com/exdb/mnist."""
    raw = gzip.decompress(path.read_bytes())
    shape = np.frombuffer(raw, ">u4", count=raw[3], offset=4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape.astype(int))


def tensorloom(*arguments: str) -> list[dict]:
    """Runs the command line; gives the JSON lines that it printed."""
    done = subprocess.run([sys.executable, "-m", "designer.main", *arguments], stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]


def accuracy(model: Path, folder: Path) -> float:
    """The share of the 10,000 test images whose largest score is their label's."""
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    metadata = {entry.key: entry.value for entry in onnx.load(str(model)).metadata_props}
    name = session.get_inputs()[0].name
    treatment = json.loads(metadata["tensorloom"])["inputs"][name]
    images = idx(folder / "t10k-images-idx3-ubyte.gz")[:, None].astype(np.float32) * np.float32(treatment["scale"])
    mean = np.array(treatment["mean"], np.float32).reshape(1, -1, 1, 1)
    spread = np.array(treatment["spread"], np.float32).reshape(1, -1, 1, 1)
    scores = session.run(None, {name: (images - mean) / spread})[0]
    return float((scores.argmax(1) == idx(folder / "t10k-labels-idx1-ubyte.gz")).mean())


def measure(folder: Path, seed: int, where: Path) -> tuple[float, float]:
    """Test accuracy and largest difference to torch of one training."""
    project, model = where / f"mnist{seed}.loom", where / f"mnist{seed}.onnx"
    tensorloom("new", "mnist-cnn", "-o", str(project))
    options = ["--data", f"idx:{folder}", "--set", "epochs=2", "--device", "cpu", "--seed", str(seed), "--json"]
    run = tensorloom("train", str(project), *options)[-1]["run"]
    proof = tensorloom("export", run, "-o", str(model), "--json")[-1]
    return accuracy(model, folder), proof["largest_absolute"]


def main() -> int:
    """Measures every seed, prints and records the table, and judges it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as where:
        found = {seed: measure(options.folder.resolve(), seed, Path(where)) for seed in options.seeds}
    median = statistics.median(score for score, _ in found.values())
    worst = max(difference for _, difference in found.values())
    rows = [(str(seed), f"{score:.2%}", f"{difference:.1e}") for seed, (score, difference) in found.items()]
    verdict = f"Median {median:.2%} (wanted {WANTED_ACCURACY:.1%}); largest difference {worst:.1e} (at most 1e-4)."
    columns = ("seed", "test accuracy of the ONNX file", "largest absolute difference to torch")
    body = f"{table(columns, rows)}\n\n{verdict}"
    print(body)
    if options.write:
        write_section(TITLE, body)
    return int(median < WANTED_ACCURACY or worst > WANTED_DIFFERENCE)


if __name__ == "__main__":
    sys.exit(main())
