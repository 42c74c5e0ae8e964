"""The words of evidence records, kept by the database itself, and how they are searched for."""
