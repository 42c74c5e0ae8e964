"""Holding a review of the story: planned, told, visited, weighed and reported as people would."""
