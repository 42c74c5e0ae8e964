"""Telling an academy that a review is coming."""
