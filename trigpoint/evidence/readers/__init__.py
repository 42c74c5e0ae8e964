"""Who can read a record, in words."""
