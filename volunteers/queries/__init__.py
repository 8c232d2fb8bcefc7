"""What a volunteer reads about themselves."""
