"""Which reviews the demo trust held and holds: three school years, and what is open today."""
