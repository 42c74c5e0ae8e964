"""Frameworks of others that ours is mapped to: index, show, bring_in, remove, export."""
