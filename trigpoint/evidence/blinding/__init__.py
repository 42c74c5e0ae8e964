"""Keeps the records of a paired visit from the other observer until both have handed theirs in."""
