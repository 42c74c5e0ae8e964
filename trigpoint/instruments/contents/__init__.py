"""What a form holds: its parts, its questions and their conditions, and whether all of it fits."""
