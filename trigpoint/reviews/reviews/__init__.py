"""Reviews: planned, notified, in fieldwork, corroborating, reporting, closed."""
