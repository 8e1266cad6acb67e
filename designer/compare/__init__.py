"""Two versions of a project on one canvas, with a list of what differs."""
