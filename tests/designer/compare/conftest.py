"""The real main window."""

from tests.designer.window.conftest import design, window

__all__ = ["design", "window"]
