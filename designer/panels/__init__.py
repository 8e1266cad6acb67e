"""Building blocks that several workspaces share: notices, a job's progress, painted bars, a grid of samples."""
