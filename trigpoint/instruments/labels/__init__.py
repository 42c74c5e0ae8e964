"""An academy's own words for an instrument and its questions while a record is written; what they ask stays the same."""
