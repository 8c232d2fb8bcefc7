"""Plain facts of this room: no session, no request, no clock."""
