"""What a unit's desk knows in plain Python."""
