"""The trust, academy and team overviews."""
