"""The chapters of the whole loop, one module for each person's part in it."""
