"""Changing the FAQ: what an edit does to the files, and what it would do to the answers."""
