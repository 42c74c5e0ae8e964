"""The assurance view: level and confidence of each area, for a committee."""
