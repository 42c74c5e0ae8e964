"""Where somebody may record evidence, and what they are still to record there."""
