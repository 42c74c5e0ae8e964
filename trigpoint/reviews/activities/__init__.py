"""Activities of a review: who sees what, when, with which instrument."""
