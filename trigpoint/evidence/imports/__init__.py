"""Past evidence from a trust’s own spreadsheets: columns matched, previewed, brought in, undone."""
