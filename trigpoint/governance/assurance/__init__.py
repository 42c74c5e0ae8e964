"""The assurance table: per area, how good, how sure, what changed and what is not known."""
