"""Export in the window: a run's checkpoint as a verified ONNX file."""
