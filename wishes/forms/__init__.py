"""Forms that more than one desk shows."""
