"""Words of the trust’s own on evidence records, to find them again by."""
