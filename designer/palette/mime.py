"""What a layer that is dragged from the palette looks like to Qt: a MIME type that holds the layer's id."""

from PySide6.QtCore import QMimeData

from engine.layers import catalogue

LAYER = "application/x-tensorloom-layer"


def layer_data(kind: str) -> QMimeData:
    """What is dragged for a layer."""
    data = QMimeData()
    data.setData(LAYER, kind.encode())
    data.setText(catalogue()[kind].about.title)
    return data


def dragged_layer(data: QMimeData) -> str | None:
    """The layer that is dragged, where it is one that the catalogue has."""
    kind = bytes(data.data(LAYER).data()).decode(errors="replace")
    return kind if kind in catalogue() else None
