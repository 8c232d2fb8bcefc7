"""What the community desk refuses."""
