"""Paired visits: two accounts of one visit, side by side once both are there."""
