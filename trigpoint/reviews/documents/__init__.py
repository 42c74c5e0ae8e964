"""What an academy is asked to send before a review, and whether it has; the notice that says so."""
