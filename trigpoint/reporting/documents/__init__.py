"""The report as a document: a tagged PDF and a Word file."""
