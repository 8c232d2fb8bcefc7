"""Who may do what on a wish."""
