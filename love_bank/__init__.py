"""The book: entries of service minutes that are added, never changed."""
