"""The order itself: asks and wishes, claims and places, tools, attendance, photos."""
