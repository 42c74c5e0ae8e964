"""A team across all sources: for its leader, the head and the trust."""
