"""The palette: every layer of the catalogue, to be found, dragged and added."""
