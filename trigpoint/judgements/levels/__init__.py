"""Judgements: a level for a standard or area of an academy, with its strength."""
