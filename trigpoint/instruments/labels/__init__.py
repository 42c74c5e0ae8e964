"""An academy's own words for an instrument and its questions; what they ask stays the same."""
