"""Training in the window: the recipe, the live curves, and the project's runs."""
