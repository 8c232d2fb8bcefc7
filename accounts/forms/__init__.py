"""Forms of who is who: shape only."""
