"""How often: which rules of a version decide, what they ask of an academy next, where they clash."""
