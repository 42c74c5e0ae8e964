"""Parts of the text of a draft: add, reword, remove."""
