"""Who receives a review for its academy."""
