"""Parts of a draft form: add, change, move, remove."""
