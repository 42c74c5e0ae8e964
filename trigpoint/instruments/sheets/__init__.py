"""A form on a page: drawn, and read back, without scripts."""
