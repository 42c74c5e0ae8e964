"""Who monitors, reviews, is consulted or is told: index, assign, unassign."""
