"""The canvas and the hand that works it."""

from tests.designer.canvas.conftest import canvas, column, dark, document, hand

__all__ = ["canvas", "column", "dark", "document", "hand"]
