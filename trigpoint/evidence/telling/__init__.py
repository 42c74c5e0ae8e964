"""Telling the person a record is about that it is there to read."""
