"""Telling an academy that a report waits for its check."""
