"""Where somebody must not review, and why."""
