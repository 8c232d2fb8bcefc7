"""The ground: what every room stands on and no room's business."""
