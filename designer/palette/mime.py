"""What a layer or block that is dragged from the palette looks like to Qt: a MIME type that holds its id."""

from PySide6.QtCore import QMimeData

from engine.blocks import PREFIX
from engine.layers import About, catalogue

LAYER = "application/x-tensorloom-layer"


def layer_data(about: About) -> QMimeData:
    """What is dragged for a layer."""
    data = QMimeData()
    data.setData(LAYER, about.id.encode())
    data.setText(about.title)
    return data


def dragged_layer(data: QMimeData) -> str | None:
    """The id of the layer or block that is dragged, where one is."""
    kind = bytes(data.data(LAYER).data()).decode(errors="replace")
    return kind if kind in catalogue() or kind.startswith(PREFIX) else None
