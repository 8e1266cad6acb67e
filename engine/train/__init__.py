"""Training: the loop, losses, metrics, checkpoints, and the run folders that keep what was learned."""
