"""Evidence records: captured, submitted, shared with the person observed, locked."""
