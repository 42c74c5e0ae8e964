"""Conversations: the kinds of activity that are told as a group, never by name."""
