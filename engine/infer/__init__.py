"""Asking a trained network: ONNX files run by ONNX Runtime, inputs treated as in training. No torch."""
