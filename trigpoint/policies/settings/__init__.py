"""Every number a policy version promises: its words, its bounds, and what holds where it is silent."""
