"""What people are told by the community desk."""
