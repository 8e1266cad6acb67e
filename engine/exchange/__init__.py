"""Carrying networks out and in: ONNX, and the proof that what was written computes the same."""
