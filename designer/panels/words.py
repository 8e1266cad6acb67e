"""What the engine names by an id, in words: metrics and the parts of data."""

from engine.text import tr


def metric_words(name: str) -> str:
    """A metric as a person calls it; of several outputs with the output's name before it: "digit: accuracy"."""
    output, dot, metric = name.rpartition(".")
    known = {
        "loss": tr("loss"),
        "accuracy": tr("accuracy"),
        "top_k": tr("top-k accuracy"),
        "precision": tr("precision"),
        "recall": tr("recall"),
        "f1": tr("F1"),
        "mae": tr("mean absolute error"),
    }
    words = known.get(metric, metric.replace("_", " "))
    return tr("{output}: {metric}", output=output, metric=words) if dot else words


def metrics_words(metrics: dict[str, float]) -> str:
    """Metrics with their values: "loss 0.0712, accuracy 0.979"."""
    return ", ".join(f"{metric_words(name)} {value:.4g}" for name, value in metrics.items())


def part_words(name: str) -> str:
    """A part of the data as a person calls it."""
    return {"training": tr("training"), "validation": tr("validation"), "test": tr("test")}.get(name, name)
