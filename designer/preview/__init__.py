"""What a fix would do, shown on the canvas before it is done."""
