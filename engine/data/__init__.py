"""Data: sources of samples, their split, what is learned from them, and their way to the device. Only `feed` is torch.

`sources.open_data("idx:FOLDER")` is the way in; `sources.survey` looks without reading everything.
This file imports nothing, so that the window can take `known` without numpy.
"""
