"""From drawing to program to the Python source that is trained. No torch but in `build`."""
