"""My practice: what a member of staff sees about themselves."""
