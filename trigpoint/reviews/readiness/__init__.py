"""Whether a review is ready for its fieldwork: what is done, what is due by when, what is late."""
