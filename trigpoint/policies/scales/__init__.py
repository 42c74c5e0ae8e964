"""What a version judges on: its scales and their levels, or words alone; add, change, remove, assign."""
