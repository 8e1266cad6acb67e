"""Trying a trained network: a validation sample, a drawing or an image, and what ONNX Runtime says of it."""
