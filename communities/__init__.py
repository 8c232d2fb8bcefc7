"""Community desk: publish, asks, day sheet, attendance, completion, verification."""
