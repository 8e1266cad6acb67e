"""Everything about a network that is true without a window: drawing, checking, training, exporting."""

__version__ = "0.1.0"
