"""The one page of a survey that needs no sign-in, and keeps nothing of who answers."""
