"""Forms of the volunteer desk."""
