"""Pages of this room; every module here is imported by the application's factory."""
