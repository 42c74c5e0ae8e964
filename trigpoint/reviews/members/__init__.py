"""Members of a review's team once it is planned: who joins it, and who leaves it."""
