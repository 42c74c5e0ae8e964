"""What the teams of the story claim, judge and find."""
