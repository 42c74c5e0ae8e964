"""Why this week and why these people, in words somebody can argue with."""
