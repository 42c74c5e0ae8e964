"""Photos and files of a record: checked by content, re-encoded, served to its readers only."""
