"""What the worker makes for this room."""
