"""Counts of people as they may be shown: none that gives one of a few away."""
