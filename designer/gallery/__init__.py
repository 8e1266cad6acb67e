"""The gallery of published networks to start from."""
