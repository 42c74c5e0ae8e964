"""Taking back a draft that nobody but its author has seen."""
