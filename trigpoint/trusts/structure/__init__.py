"""The trust and its parts: clusters, academies, teams, bodies."""
