"""The shapes of what a coordinator types."""
