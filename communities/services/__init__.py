"""The errands of the community desk."""
