"""Claims: statements weighed by citations for and against, each contradiction answered."""
