"""Paired visits of the story: one both observers have handed in, one that waits for the other."""
