"""Findings: strengths, good practice, development areas, urgent issues."""
