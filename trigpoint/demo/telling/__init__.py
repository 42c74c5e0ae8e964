"""Telling the whole story, and counting what it made."""
