"""A form of ours as the sheets of an XLSForm."""
