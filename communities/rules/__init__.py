"""What the community desk decides in plain Python."""
