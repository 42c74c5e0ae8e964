"""A source file: YAML that somebody wrote, read safely, with the line of everything in it."""
