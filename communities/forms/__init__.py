"""Forms of the community desk."""
