"""A planned review moved on the page of the year."""
