"""Reports of the story: drafted, checked by the academy, final."""
